/**
 * Resources of a module: the provider's own classes, with typed expressions for every argument
 * and attribute, addressed by the names that the author gives.
 */
import { type IResolvable, TerraformDataSource, type TerraformElement, type TerraformMetaArguments } from "cdktf";
import type { Construct } from "constructs";
import { type Code, codeOf, type Expression } from "../expression/code";
import { type Choice, expression, hcl, hclCollection, type Ref, type Value } from "../expression/expression";
import { requireName, snakeCase } from "../expression/names";
import { Namespace } from "../expression/namespace";
import { contentFor, type Given, type Presence } from "../expression/presence";
import { type Collection, elementReference } from "../expression/reference";
import { mistake } from "../expression/source";
import { lower } from "../expression/template";
import {
  type AttributeName,
  type AttributeType,
  attributePath,
  handle,
  type Resource,
  type StandIn,
  terraformName,
} from "./attribute";
import { type BlockContent, type Blocks, repeatBlocks, type SoleBlock, sampleOf } from "./blocks";
import { type RenamedFrom, recordRename } from "./former-resources";
import { type Lifecycle, lifecycleBlock } from "./lifecycle";
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
  readonly lifecycle?: Lifecycle<C>;
  /** The former name in the state, or former keys of `resourceForEach` by the present ones: the apply moves what is there. */
  readonly renamedFrom?: RenamedFrom;
  /** A provider configuration other than the default: an alias that `build` receives. */
  readonly provider?: ProviderAlias;
};

/**
 * The arguments of a class, which may take none. `infer` keeps the compiler from working out the type of each argument for an
 * unknown class before it looks at the class that is given, which alone decides.
 */
type Config<C> = NonNullable<C> extends infer D ? Arguments<D> : never;

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

/** Values of a data source for plans without an account, as the last argument. Resources have none. */
type StandInOf<R> = R extends TerraformDataSource ? [standIn?: StandIn<R>] : [];

/** `resource "<type>" "<name>"`, or `data` for a data source class. */
export function resource<C, R extends TerraformElement>(
  scope: Construct,
  type: ProviderClass<C, R>,
  name: string,
  config: Config<C>,
  ...[standIn]: StandInOf<R>
): Resource<R> {
  const { element, address } = create(scope, type, name, config);
  addStandIn(element, address, standIn, config);
  return handle(element, address);
}

/** One instance for each entry of a collection (`for_each`). */
export function resourceForEach<C, R extends TerraformElement, V>(
  scope: Construct,
  type: ProviderClass<C, R>,
  name: string,
  collection: Collection<V>,
  config: (value: Ref<V>, key: Expression<string>) => Config<C>,
  ...[standIn]: StandInOf<R>
): ResourceMap<R> {
  const { owner } = codeOf(collection);
  const key = expression<string>({ hcl: "each.key", owner });
  const value = elementReference(collection, { hcl: "each.value", owner });
  const { element, address } = create(scope, type, name, config(value, key), true);
  addStandIn(element, address, standIn);
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
  config: (...values: Given<V>) => Config<C>,
  ...standIn: StandInOf<R>
): OptionalResource<R>;
export function resourceIf<C, R extends TerraformElement>(
  scope: Construct,
  type: ProviderClass<C, R>,
  name: string,
  enabled: Choice,
  config: Config<C>,
  ...standIn: StandInOf<R>
): OptionalResource<R>;
export function resourceIf<C, R extends TerraformElement>(
  scope: Construct,
  type: ProviderClass<C, R>,
  name: string,
  enabled: Choice,
  config: Config<C>,
  ...[standIn]: StandInOf<R>
): OptionalResource<R> {
  const { element, address } = create(scope, type, name, contentFor(enabled, config));
  addStandIn(element, address, standIn);
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
  const space = Namespace.of(scope);
  const full = space.nameIn(scope, name);
  requireName(space.address, full);
  space.addLocal(full, lower(value));
  return expression({ hcl: `local.${full}`, owner: space.address });
}

/** The module or root of a construct, by its name in messages and expressions. */
export function ownerOf(scope: Construct): string {
  return Namespace.of(scope).address;
}

function create<C, R extends TerraformElement>(
  scope: Construct,
  type: ProviderClass<C, R>,
  own: string,
  config: Config<C>,
  hasKeys = false,
): { element: R; address: Code } {
  const { dependsOn, provider, lifecycle, renamedFrom, ...rest } = config;
  const space = Namespace.of(scope);
  const owner = space.address;
  const name = space.nameIn(scope, own);
  const isData = type.prototype instanceof TerraformDataSource;
  const address = `${isData ? "data." : ""}${type.tfResourceType}.${name}`;
  requireName(owner, name);
  space.addSource(address);
  if (!isData) refuseRegion(`${owner}/${address}`, type.tfResourceType, rest);
  const element = new type(scope, address, lower<C>({ ...Object(sampleOf(rest)) }));
  element.overrideLogicalId(name);
  refuseSpellings(element);
  repeatBlocks(element, type.tfResourceType, name, rest);
  if (lifecycle !== undefined) element.addOverride("lifecycle", lifecycleBlock(lifecycle, owner, address));
  if (renamedFrom !== undefined && isData) {
    throw mistake(`${address}, renamedFrom: got a data source; allowed: resources, which have a state`, owner);
  }
  if (renamedFrom !== undefined) recordRename(space, { type: type.tfResourceType, name, hasKeys }, renamedFrom);
  if (dependsOn !== undefined) {
    element.addOverride(
      "depends_on",
      dependsOn.map((dependency) => dependencyOf(dependency, owner, address)),
    );
  }
  if (provider !== undefined && provider.owner !== owner) {
    throw mistake(
      `${address}, provider: got ${provider.address} of ${provider.owner}; allowed: providers that build() receives`,
      owner,
    );
  }
  const configuration = provider?.address ?? explicitProvider(element, type.tfResourceType);
  if (configuration !== undefined) element.addOverride("provider", configuration);
  return { element, address: { hcl: address, owner } };
}

/** @param config arguments that an offline plan can evaluate in place of the data source: those of a single one */
function addStandIn(element: TerraformElement, address: Code, standIn: object = {}, config: object = {}): void {
  if (!(element instanceof TerraformDataSource)) return;
  const entries = Object.entries(standIn).map(([name, value]) => [terraformName(element, name), value]);
  Namespace.of(element).standIns.add(element, {
    address: address.hcl,
    type: element.terraformResourceType,
    arguments: Object.keys(config).map((name) => snakeCase(name)),
    values: Object.fromEntries(entries),
  });
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
