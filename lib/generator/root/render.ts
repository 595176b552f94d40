/** Renders the files of a root from what its author's program recorded. */
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { InputError } from "../../common/errors";
import { STAND_INS_FILE } from "../../common/stand-ins-file";
import { snakeCase } from "../expression/names";
import { enter, mistake } from "../expression/source";
import { lower } from "../expression/template";
import { terraformKeys } from "../inputs/terraform-keys";
import { terraformType } from "../inputs/types";
import { variableBlock } from "../inputs/variables";
import type { FilesOfModule } from "../module/addresses";
import { generatedFrom, moduleFolder } from "../module/folder";
import { renderModule } from "../module/render";
import type { ModuleCall } from "../module/specification";
import { providerName } from "../provider-address";
import { Providers, REQUIRED_TERRAFORM } from "../providers";
import { type GeneratedFile, jsonFile, terraformFiles, Verbatim } from "../synth/tree";
import { backendBlock } from "./backend";
import { lockFile } from "./dependency-lock";
import { refuseForeignElements } from "./foreign-elements";
import { importBlocks, movedBlocks, removedBlocks } from "./former-calls";
import { MIGRATION } from "./migration";
import { exactProviders, inheritedProviders, missingConfigurations, providerBlock } from "./provider-configuration";
import type { Root } from "./root";

/** The root's files. CDKTF's command line reads the first one. @param filesOf what is known of modules already */
export function renderRoot(
  root: Root,
  providers = new Providers(),
  filesOf: FilesOfModule = (specification) => renderModule(specification, providers),
): GeneratedFile[] {
  const { address, props } = root;
  enter(address);
  if (needsOwnAws(root)) root.provider(AwsProvider, {});
  refuseForeignElements(root);
  const { terraform: _, provider: __, ...other } = root.toTerraform();
  const foreign = Object.keys(other).filter((key) => key !== "//");
  if (foreign.length > 0) {
    const site = [...root.sources].find(([block]) => !/^(module|check)\./.test(block))?.[1] ?? (() => undefined);
    throw mistake(`got ${foreign.join(", ")} in a root; allowed: module calls and outputs`, address, site);
  }
  const missing = missingConfigurations(root.calls.values(), new Set(root.configurations.keys()));
  if (missing.length > 0) throw new InputError(address, missing);
  const names = [...new Set([...root.configurations.keys()].map(providerName))].sort();
  const required = exactProviders(address, names, providers, props.providerVersions ?? {});
  const header = generatedFrom(props.source);
  const metadata = { stackName: root.node.id, backend: props.backend.type ?? "s3" };
  const ending = props.ending === true;
  return [
    ...terraformFiles(
      address,
      { generated: header, metadata },
      {
        "versions.tf.json": {
          terraform: {
            backend: backendBlock(props),
            required_version: REQUIRED_TERRAFORM,
            required_providers: required,
          },
        },
      },
    ),
    ...terraformFiles(
      address,
      header,
      {
        "variables.tf.json": { variable: ending ? undefined : variableBlocks(root) },
        "providers.tf.json": { provider: providerBlocks(root, names) },
        "main.tf.json": ending ? lastBlocks(root, filesOf) : presentBlocks(root, filesOf),
        "outputs.tf.json": { output: ending ? undefined : outputBlocks(root) },
      },
      root.sources,
    ),
    ...(ending ? [] : standInsFile(root)),
    ...lockFile(address, required, providers),
    ...(ending ? [] : [...root.documents]).map(([name, text]) => ({
      path: `${address}/${name}`,
      content: `<!-- ${header} -->\n\n${text.trim()}\n`,
    })),
  ];
}

/** Whether the root needs the implicit `aws`: for a call, for a forgotten call, or because it configures no provider. */
function needsOwnAws({ calls, formerCalls, configurations }: Root): boolean {
  if (configurations.has("aws")) return false;
  const inherited = [...calls.values()].flatMap(inheritedProviders);
  const left = [...formerCalls.values()].flatMap(({ providers }) => providers);
  return configurations.size === 0 || [...inherited, ...left].includes("aws");
}

function variableBlocks({ inputs }: Root) {
  return Object.fromEntries([...inputs].map(([name, { type }]) => [snakeCase(name), variableBlock(name, type, [])]));
}

/** The values of the inputs for plans without an account; no file without inputs. */
function standInsFile({ address, inputs }: Root): GeneratedFile[] {
  if (inputs.size === 0) return [];
  const values = Object.fromEntries([...inputs].map(([name, { standIn }]) => [`var.${snakeCase(name)}`, standIn]));
  return [jsonFile(`${address}/${STAND_INS_FILE}`, address, new Verbatim(values))];
}

/** Provider blocks, with the default configuration first, from which the judges read the account. */
function providerBlocks({ configurations }: Root, names: readonly string[]) {
  const blocksOf = (name: string) =>
    [...configurations].filter(([address]) => providerName(address) === name).sort(([a], [b]) => a.length - b.length);
  return Object.fromEntries(names.map((name) => [name, blocksOf(name).map(([, provider]) => providerBlock(provider))]));
}

function outputBlocks({ outputs }: Root) {
  return Object.fromEntries(
    [...outputs].map(([name, { value, description, sensitive }]) => [
      name,
      { value, description: new Verbatim(description), ...(sensitive && { sensitive }) },
    ]),
  );
}

function presentBlocks({ address, calls, checks, formerCalls, props }: Root, filesOf: FilesOfModule) {
  const { migration, production = true } = props;
  return {
    locals: migration && { migration: { production, ...Object(terraformKeys(migration, MIGRATION_TYPE)) } },
    module: Object.fromEntries([...calls.values()].map((call) => [call.id, moduleBlock(address, call)])),
    check: Object.fromEntries(checks),
    import: importBlocks(calls, address, filesOf),
    moved: movedBlocks(calls, address, filesOf),
    removed: removedBlocks(formerCalls, calls, address, filesOf),
  };
}

const MIGRATION_TYPE = terraformType(MIGRATION, "migration");

/** The blocks of a root that ends: it calls no modules. */
function lastBlocks({ address, calls, formerCalls }: Root, filesOf: FilesOfModule) {
  const own = [...calls.values()].map(({ id, specification }) => [id, specification] as const);
  return { removed: removedBlocks(new Map([...own, ...formerCalls]), new Map(), address, filesOf) };
}

function moduleBlock(root: string, { specification, inputs, providers }: ModuleCall): object {
  const up = root
    .split("/")
    .map(() => "..")
    .join("/");
  const values = Object.entries(inputs)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      const type = specification.inputs[name];
      return [snakeCase(name), lower(type === undefined ? value : terraformKeys(value, type))];
    });
  const defaults = specification.providers.filter((name) => !name.includes(".")).map((name) => [name, name]);
  const passed = Object.entries(providers).map(([name, { address }]) => [name, address]);
  return {
    source: `${up}/${moduleFolder(specification)}`,
    ...(passed.length > 0 && { providers: Object.fromEntries([...defaults, ...passed]) }),
    ...Object.fromEntries(values),
  };
}
