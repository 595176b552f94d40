/** SSM parameters that one root publishes and another one reads: the contract between roots. */
import { InputError } from "../../common/errors";
import type { ResourceInstance, RootConfiguration } from "../configuration";
import { show } from "../hcl";
import { accountOf, accountsOf, configurationsOf } from "./account";

/** A root with its place in the order of applies. */
export interface OrderedRoot {
  readonly configuration: RootConfiguration;
  /** Wave in which the pipeline applies the root; undefined if the pipeline does not apply it. */
  readonly wave: number | undefined;
}

/** @throws InputError for each parameter that a root reads and no root publishes before it, in the same account and region */
export function requirePublished(roots: readonly OrderedRoot[]): void {
  const problems = unpublishedParameters(roots);
  if (problems.length > 0) throw new InputError("SSM parameters", problems);
}

/** One line for each such parameter. */
export function unpublishedParameters(roots: readonly OrderedRoot[]): string[] {
  const published = publishersIn(roots);
  return roots.flatMap((root) =>
    parametersReadBy(root.configuration).flatMap((parameter) => problemsOf(parameter, root, published)),
  );
}

/** Roots that read parameters of the given ones, or of a root that does: their plans depend on values of these. */
export function readersOf(given: readonly string[], roots: readonly OrderedRoot[]): string[] {
  const published = publishersIn(roots);
  const sources = new Map(
    roots.map(({ configuration }) => [
      configuration.path,
      parametersReadBy(configuration).flatMap(
        (parameter) => published.get(keyOf(configuration, parameter, parameter.values.name))?.configuration.path ?? [],
      ),
    ]),
  );
  const reached = new Set(given);
  // A set also visits what is added to it meanwhile.
  for (const publisher of reached)
    for (const [reader, read] of sources) if (read.includes(publisher)) reached.add(reader);
  return [...reached].slice(given.length);
}

function publishersIn(roots: readonly OrderedRoot[]): ReadonlyMap<string, OrderedRoot> {
  return new Map(
    roots.flatMap((root) =>
      root.configuration
        .of(PARAMETER)
        .map((resource) => [keyOf(root.configuration, resource, resource.values.name), root] as const),
    ),
  );
}

const PARAMETER = "aws_ssm_parameter";

/** Parameters that AWS itself publishes. @see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters.html */
const OF_AWS = "/aws/service/";

function parametersReadBy({ resources }: RootConfiguration): ResourceInstance[] {
  return resources.filter(
    ({ mode, type, values: { name } }) =>
      mode === "data" && type === PARAMETER && !(typeof name === "string" && name.startsWith(OF_AWS)),
  );
}

function problemsOf(
  parameter: ResourceInstance,
  reader: OrderedRoot,
  published: ReadonlyMap<string, OrderedRoot>,
): string[] {
  const { address } = parameter;
  const { name = null } = parameter.values;
  const { path } = reader.configuration;
  const place = `${path}: ${address}`;
  if (typeof name !== "string") {
    return [
      `${place}: got the name ${show(name)}; allowed: a name that the source knows, to find the root that publishes it`,
    ];
  }
  const publisher = published.get(keyOf(reader.configuration, parameter, name));
  if (publisher === undefined) {
    const names = [...published.keys()].flatMap((key) => key.split(" ").slice(2));
    const known = names.length === 0 ? "none" : names.join(", ");
    return [
      `${place}: got ${name}, which no root of the same account and region publishes; allowed: ${known}; ` +
        "keep a parameter for as long as another root reads it",
    ];
  }
  const isSameSystem = systemOf(publisher.configuration.path) === systemOf(path);
  if (!isSameSystem || publisher.wave === undefined || reader.wave === undefined) return [];
  if (publisher.configuration.path === path || publisher.wave < reader.wave) return [];
  return [
    `${place}: got ${name} of ${publisher.configuration.path}, which is applied in wave ${publisher.wave}, and the reader in ` +
      `wave ${reader.wave}; allowed: a later wave for the reader`,
  ];
}

function systemOf(path: string): string | undefined {
  return path.split("/").slice(0, 2).join("/");
}

/** Account, region and name. A parameter of another region has the same name and is another parameter. */
function keyOf(root: RootConfiguration, { provider = "aws", values }: ResourceInstance, name: unknown): string {
  const region = values.region ?? configurationsOf(root).get(provider)?.region;
  return `${accountsOf(root).get(provider) ?? accountOf(root)} ${region} ${name}`;
}
