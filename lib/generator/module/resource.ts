/**
 * Resources of a module: the provider's own classes, with typed expressions for every argument
 * and attribute, addressed by the names that the author gives.
 */
import {
  type IResolvable,
  TerraformDataSource,
  type TerraformElement,
  type TerraformMetaArguments,
  type TerraformResourceLifecycle,
} from "cdktf";
import type { Construct } from "constructs";
import { type Code, codeOf, type Expression } from "../expression/code";
import { type Choice, expression, hcl, hclCollection, type Ref, type Value } from "../expression/expression";
import { requireName } from "../expression/names";
import { Namespace } from "../expression/namespace";
import { contentFor, type Given, type Presence } from "../expression/presence";
import { type Collection, elementReference } from "../expression/reference";
import { mistake } from "../expression/source";
import { lower } from "../expression/template";
import { type AttributeName, type AttributeType, attributePath, handle, type Resource } from "./attribute";
import { type BlockContent, type Blocks, repeatBlocks, type SoleBlock, sampleOf } from "./blocks";
import { refuseSpellings } from "./untyped-blocks";
import { explicitProvider, refuseRegion } from "./used-providers";

/** A resource or data source class of a CDKTF provider package. */
interface ProviderClass<C, R> {
  readonly tfResourceType: string;
  new (scope: Construct, id: string, config: C): R;
}

/** Arguments of a resource: the provider's, each a literal or an expression, and Terraform's meta-arguments. */
export type Arguments<C> = {
  readonly [K in keyof C as Exclude<K, keyof TerraformMetaArguments>]: Argument<Exclude<C[K], IResolvable>>;
} & {
  readonly dependsOn?: readonly Expression<unknown>[];
  readonly lifecycle?: TerraformResourceLifecycle;
  /** A provider configuration other than the default: an alias that `build` receives. */
  readonly provider?: ProviderAlias;
};

type Argument<T> = T extends readonly (infer E)[]
  ? Value<T> | Blocks<BlockContent<E>>
  : T extends object
    ? Value<T> | BlockContent<T> | SoleBlock<BlockContent<T>>
    : Value<T>;

/** A provider configuration that the caller of a module passes under this name: `aws.us_east_1`. */
export interface ProviderAlias {
  readonly address: string;
  /** The root or module that has the configuration. */
  readonly owner: string;
}

/** All instances of a resource with `for_each`, by the keys of the collection. */
export interface ResourceMap<R> extends Expression<Readonly<Record<string, R>>> {
  at(key: Value<string>): Resource<R>;
  /** One attribute of every instance, as a map with the same keys. */
  all<K extends AttributeName<R>>(attribute: K): Expression<Readonly<Record<string, AttributeType<R[K]>>>>;
}

/** A resource with `count` 0 or 1. */
export interface OptionalResource<R> extends Expression<readonly R[]> {
  /** One attribute; null if `count` is 0. */
  get<K extends AttributeName<R>>(attribute: K): Expression<AttributeType<R[K]> | null>;
}

/** `resource "<type>" "<name>"`, or `data` for a data source class. */
export function resource<C, R extends TerraformElement>(
  scope: Construct,
  type: ProviderClass<C, R>,
  name: string,
  config: Arguments<C>,
): Resource<R> {
  const { element, address } = create(scope, type, name, config);
  return handle(element, address);
}

/** One instance for each entry of a collection (`for_each`). */
export function resourceForEach<C, R extends TerraformElement, V>(
  scope: Construct,
  type: ProviderClass<C, R>,
  name: string,
  collection: Collection<V>,
  config: (value: Ref<V>, key: Expression<string>) => Arguments<C>,
): ResourceMap<R> {
  const { owner } = codeOf(collection);
  const key = expression<string>({ hcl: "each.key", owner });
  const value = elementReference(collection, { hcl: "each.value", owner });
  const { element, address } = create(scope, type, name, config(value, key));
  element.addOverride("for_each", lower(collection));
  const map = expression<Readonly<Record<string, R>>>(address, "collection");
  return Object.assign(map, {
    at: (at: Value<string>) => handle(element, codeOf(hcl`${map}[${at}]`)),
    all: <K extends AttributeName<R>>(attribute: K) =>
      hclCollection<
        Readonly<Record<string, AttributeType<R[K]>>>
      >`{ for key, instance in ${map} : key => ${raw(`instance${attributePath(element, attribute)}`)} }`,
  });
}

/** One instance if the switch is on, else none (`count`). After `isSet`, a callback receives the values without null. */
export function resourceIf<C, R extends TerraformElement, V extends readonly unknown[]>(
  scope: Construct,
  type: ProviderClass<C, R>,
  name: string,
  given: Presence<V>,
  config: (...values: Given<V>) => Arguments<C>,
): OptionalResource<R>;
export function resourceIf<C, R extends TerraformElement>(
  scope: Construct,
  type: ProviderClass<C, R>,
  name: string,
  enabled: Choice,
  config: Arguments<C>,
): OptionalResource<R>;
export function resourceIf<C, R extends TerraformElement>(
  scope: Construct,
  type: ProviderClass<C, R>,
  name: string,
  enabled: Choice,
  config: Arguments<C>,
): OptionalResource<R> {
  const { element, address } = create(scope, type, name, contentFor(enabled, config));
  element.addOverride("count", lower(enabled(1, 0)));
  const list = expression<readonly R[]>(address, "collection");
  return Object.assign(list, {
    get: <K extends AttributeName<R>>(attribute: K) =>
      hcl<AttributeType<
        R[K]
      > | null>`one(${raw(`${address.hcl}[*]${attributePath(element, attribute)}`, address.owner)})`,
  });
}

function raw(code: string, owner?: string): Expression<string> {
  return expression({ hcl: code, owner });
}

/** A named intermediate value (`locals`), which keeps long documents readable in the emitted file. */
export function local<T>(scope: Construct, name: string, value: Value<T>): Expression<T> {
  requireName(ownerOf(scope), name);
  Namespace.of(scope).addLocal(name, lower(value));
  return expression({ hcl: `local.${name}`, owner: ownerOf(scope) });
}

/** The module or root of a construct, by its name in messages and expressions. */
export function ownerOf(scope: Construct): string {
  return Namespace.of(scope).address;
}

function create<C, R extends TerraformElement>(
  scope: Construct,
  type: ProviderClass<C, R>,
  name: string,
  config: Arguments<C>,
): { element: R; address: Code } {
  const { dependsOn, provider, lifecycle, ...rest } = config;
  const kind = type.prototype instanceof TerraformDataSource ? "data." : "";
  const address = `${kind}${type.tfResourceType}.${name}`;
  requireName(ownerOf(scope), name);
  Namespace.of(scope).addSource(address);
  if (kind === "") refuseRegion(`${ownerOf(scope)}/${address}`, type.tfResourceType, rest);
  const all = { ...Object(sampleOf(rest)), ...(lifecycle && { lifecycle }) };
  const element = new type(scope, address, lower<C>(all));
  element.overrideLogicalId(name);
  refuseSpellings(element);
  repeatBlocks(element, type.tfResourceType, name, rest);
  if (dependsOn !== undefined) {
    element.addOverride(
      "depends_on",
      dependsOn.map((dependency) => dependencyOf(dependency, ownerOf(scope), address)),
    );
  }
  if (provider !== undefined && provider.owner !== ownerOf(scope)) {
    throw mistake(
      `${address}, provider: got ${provider.address} of ${provider.owner}; allowed: providers that build() receives`,
      ownerOf(scope),
    );
  }
  const configuration = provider?.address ?? explicitProvider(element, type.tfResourceType);
  if (configuration !== undefined) element.addOverride("provider", configuration);
  return { element, address: { hcl: address, owner: ownerOf(scope) } };
}

/** A `depends_on` entry. Terraform accepts whole resources of the same module, but no attributes. */
export function dependencyOf(dependency: Expression<unknown>, user: string, place: string): string {
  const { hcl: code, owner } = codeOf(dependency);
  if (owner !== user) {
    throw mistake(`${place}, depends_on: got ${code} of ${owner}; allowed: resources of ${user}`, user);
  }
  if (!/^(data\.)?[a-z0-9]+_\w+\.\w+(\[[^\]]*\])?$/.test(code)) {
    throw mistake(`${place}, depends_on: got ${code}; allowed: whole resources`, user);
  }
  return code;
}
