/** Comparison of a module or root of the tree with its configuration in a plan. */
import { isDeepStrictEqual } from "node:util";
import { type PlannedModule, unknownKeys } from "../../terraform/plan-configuration";
import type { Configurations } from "../configuration";
import { asObject, asValue, type Json as Block, typeOf } from "../configuration/json";
import { convert } from "../configuration/variables";
import { argumentsApart, isSame, namesApart } from "./reviewed-arguments";

/** @see https://developer.hashicorp.com/terraform/language/block/resource */
const OF_RESOURCES = new Set(["connection", "count", "depends_on", "for_each", "lifecycle", "provider", "provisioner"]);
/** @see https://developer.hashicorp.com/terraform/language/block/module */
const OF_CALLS = new Set(["count", "depends_on", "for_each", "providers", "source", "version"]);

interface Place {
  readonly tree: Configurations;
  /** Folder of the module below the tree. */
  readonly folder: string;
  /** The provider configuration of the root for a name in the module: `aws.replica`. */
  providerKey(name: string): string;
}

/** One line for each difference, in called modules too. */
export function moduleApart(place: Place, planned: PlannedModule): string[] {
  const { variable, output } = place.tree.folder(place.folder);
  return [
    ...unjudged("module", planned),
    ...blocksApart("variable", variable, planned.variables, (block, one) => [
      ...unjudged("variable", one),
      ...(isDefault(block, one.default ?? null) ? [] : ["default"]),
      ...wordsApart(block, one),
    ]),
    ...blocksApart("output", output, planned.outputs, (block, one) => [
      ...unjudged("output", one),
      ...(isSame(block.value, one.expression) ? [] : ["value"]),
      ...wordsApart(block, one),
      ...dependenciesApart(block, one),
    ]),
    ...resourcesApart(place, planned.resources),
    ...callsApart(place, planned.module_calls),
  ];
}

/** Keys of the plan that this comparison does not know. */
export function unjudged(kind: Parameters<typeof unknownKeys>[0], value: object): string[] {
  return unknownKeys(kind, value).map(unjudgedKey);
}

export function unjudgedKey(key: string): string {
  return `${key}, a key of plans that Terraform 1.11 does not write`;
}

/** Blocks that only one side has, and the differences of the others. */
function blocksApart<T>(
  kind: string,
  reviewed: Block,
  planned: Readonly<Record<string, T>>,
  compare: (block: Block, planned: T) => readonly string[],
): string[] {
  return [
    ...namesApart(Object.keys(reviewed), Object.keys(planned)).map((name) => `${kind} ${name}`),
    ...Object.entries(planned).flatMap(([name, one]) => {
      if (!Object.hasOwn(reviewed, name)) return [];
      return compare(asObject(reviewed[name]), one).map((difference) => `${kind} ${name}: ${difference}`);
    }),
  ];
}

/** A plan has the converted default: with sorted sets and with optional attributes. */
function isDefault({ type, default: byDefault = null }: Block, planned: unknown): boolean {
  if (isDeepStrictEqual(byDefault, planned)) return true;
  if (typeof type !== "string") return false;
  return isDeepStrictEqual(JSON.parse(JSON.stringify(convert(typeOf(type), asValue(byDefault)))), planned);
}

interface Words {
  readonly description?: string | undefined;
  readonly sensitive: boolean;
  readonly ephemeral: boolean;
}

function wordsApart(block: Block, { description = "", sensitive, ephemeral }: Words): string[] {
  const planned = { description, sensitive, ephemeral };
  const reviewed: Block = { description: "", sensitive: false, ephemeral: false, ...block };
  return Object.entries(planned).flatMap(([name, value]) => (reviewed[name] === value ? [] : [name]));
}

function dependenciesApart(
  block: Block,
  { depends_on: planned }: { readonly depends_on: readonly string[] },
): string[] {
  return isDeepStrictEqual([block.depends_on ?? []].flat(), planned) ? [] : ["depends_on"];
}

function instancesApart(block: Block, planned: Block): string[] {
  return [
    ...(isSame(block.for_each, planned.for_each_expression) ? [] : ["for_each"]),
    ...(isSame(block.count, planned.count_expression) ? [] : ["count"]),
  ];
}

function resourcesApart({ tree, folder, providerKey }: Place, planned: PlannedModule["resources"]): string[] {
  const { resource, data } = tree.folder(folder);
  const reviewed = Object.entries({ managed: resource, data }).flatMap(([mode, types]) =>
    Object.entries(types).flatMap(([type, named]) =>
      Object.entries(named).map(([name, block]): [string, unknown] => [`${mode} ${type}.${name}`, block]),
    ),
  );
  const named = planned.map((one): [string, typeof one] => [`${one.mode} ${one.type}.${one.name}`, one]);
  const twice = named.map(([name]) => name).filter((name, i, names) => names.indexOf(name) < i);
  return [
    ...twice,
    ...blocksApart("", Object.fromEntries(reviewed), Object.fromEntries(named), (block, one) => [
      ...unjudged("resource", one),
      ...argumentsApart(block, one.expressions, OF_RESOURCES),
      ...instancesApart(block, one),
      ...dependenciesApart(block, one),
      ...(one.provisioners.length > 0 ? ["provisioner"] : []),
      ...providerApart(block, one, providerKey),
    ]).map((line) => line.trimStart()),
  ];
}

/** The default provider of a resource is the first word of its type. */
function providerApart(
  block: Block,
  { type, provider_config_key: planned }: PlannedModule["resources"][number],
  providerKey: Place["providerKey"],
): string[] {
  const name = typeof block.provider === "string" ? block.provider : (type.split("_")[0] ?? type);
  const key = providerKey(name);
  return planned === key || (key === "terraform" && planned?.endsWith(":terraform")) ? [] : ["provider"];
}

function callsApart({ tree, folder, providerKey }: Place, planned: PlannedModule["module_calls"]): string[] {
  const { module } = tree.folder(folder);
  return [
    ...namesApart(Object.keys(module), Object.keys(planned)),
    ...Object.entries(planned).flatMap(([id, call]) => {
      const block = asObject(module[id]);
      if (!Object.hasOwn(module, id)) return [];
      if (block.source !== call.source) return [`${id}: source`];
      const providers = asObject(block.providers);
      const inner = {
        tree,
        folder: tree.moduleOf(folder, call.source),
        providerKey: (name: string) => providerKey(String(providers[name] ?? name)),
      };
      return [
        ...unjudged("call", call),
        ...argumentsApart(block, call.expressions, OF_CALLS),
        ...instancesApart(block, call),
        ...dependenciesApart(block, call),
        ...(block.version === call.version_constraint ? [] : ["version"]),
        ...moduleApart(inner, call.module),
      ].map((line) => `${id}: ${line}`);
    }),
  ].map((line) => `module.${line}`);
}
