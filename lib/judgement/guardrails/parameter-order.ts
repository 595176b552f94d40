/** The order of roots that publish and read SSM parameters: the contract between roots. */
import { InputError } from "../../common/errors";
import type { ReadParameter, RootParameters } from "./parameters";

/** A root with its place in the order of applies. */
export interface OrderedRoot extends RootParameters {
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
  return roots.flatMap((root) => root.read.flatMap((parameter) => problemsOf(parameter, root, published)));
}

/** Roots that read parameters of the given ones, or of a root that does: their plans depend on values of these. */
export function readersOf(given: readonly string[], roots: readonly OrderedRoot[]): string[] {
  const published = publishersIn(roots);
  const sources = new Map(
    roots.map(({ path, read }) => [path, read.flatMap(({ key }) => (key && published.get(key)?.path) || [])]),
  );
  const reached = new Set(given);
  // A set also visits what is added to it meanwhile.
  for (const publisher of reached)
    for (const [reader, read] of sources) if (read.includes(publisher)) reached.add(reader);
  return [...reached].slice(given.length);
}

function publishersIn(roots: readonly OrderedRoot[]): ReadonlyMap<string, OrderedRoot> {
  return new Map(roots.flatMap((root) => root.published.map((key) => [key, root] as const)));
}

function problemsOf(
  { address, name, key }: ReadParameter,
  reader: OrderedRoot,
  published: ReadonlyMap<string, OrderedRoot>,
): string[] {
  const place = `${reader.path}: ${address}`;
  if (key === null) {
    return [
      `${place}: got the name ${name}; allowed: a name that the source knows, to find the root that publishes it`,
    ];
  }
  const publisher = published.get(key);
  if (publisher === undefined) {
    const names = [...published.keys()].flatMap((known) => known.split(" ").slice(2));
    const known = names.length === 0 ? "none" : names.join(", ");
    return [
      `${place}: got ${name}, which no root of the same account and region publishes; allowed: ${known}; ` +
        "keep a parameter for as long as another root reads it",
    ];
  }
  const isSameSystem = systemOf(publisher.path) === systemOf(reader.path);
  if (!isSameSystem || publisher.wave === undefined || reader.wave === undefined) return [];
  if (publisher.path === reader.path || publisher.wave < reader.wave) return [];
  return [
    `${place}: got ${name} of ${publisher.path}, which is applied in wave ${publisher.wave}, and the reader in ` +
      `wave ${reader.wave}; allowed: a later wave for the reader`,
  ];
}

function systemOf(path: string): string | undefined {
  return path.split("/").slice(0, 2).join("/");
}
