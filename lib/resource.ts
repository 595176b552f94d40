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
import { type AttributeName, attributePath, handle, type Resource } from "./attribute";
import {
  type Choice,
  type Code,
  codeOf,
  type Expression,
  expression,
  hcl,
  lower,
  type Ref,
  type Value,
} from "./expression";
import { snakeCase } from "./names";
import { Namespace } from "./namespace";
import { type Collection, elementReference } from "./reference";

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
  /** A provider configuration other than the default: an alias that `build` was given. */
  readonly provider?: ProviderAlias;
};

type Argument<T> = T extends readonly (infer E)[] ? Value<T> | Blocks<Value<E>> : Value<T>;

/** A provider configuration that the caller of a module passes under this name: `aws.us_east_1`. */
export interface ProviderAlias {
  readonly address: string;
}

/** All instances of a resource, under the keys of the collection that they were made from. */
export interface ResourceMap<R> extends Expression<Readonly<Record<string, R>>> {
  at(key: Value<string>): Resource<R>;
  /** One attribute of every instance, as a map. */
  all<K extends AttributeName<R>>(attribute: K): Expression<Readonly<Record<string, string>>>;
}

/** A resource that is there or not. */
export interface OptionalResource<R> extends Expression<readonly R[]> {
  /** One attribute; null where the resource is not there. */
  get<K extends AttributeName<R>>(attribute: K): Expression<string | null>;
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
  return {
    ...map,
    at: (at) => handle(element, codeOf(hcl`${map}[${at}]`)),
    all: (attribute) =>
      hcl`{ for key, instance in ${map} : key => ${raw(`instance${attributePath(element, attribute)}`)} }`,
  };
}

/** One instance where the switch is on, else none (`count`). */
export function resourceIf<C, R extends TerraformElement>(
  scope: Construct,
  type: ProviderClass<C, R>,
  name: string,
  enabled: Choice,
  config: Arguments<C>,
): OptionalResource<R> {
  const { element, address } = create(scope, type, name, config);
  element.addOverride("count", lower(enabled(1, 0)));
  const list = expression<readonly R[]>(address, "collection");
  return {
    ...list,
    get: (attribute) => hcl`one(${raw(`${address.hcl}[*]${attributePath(element, attribute)}`, address.owner)})`,
  };
}

function raw(code: string, owner?: string): Expression<string> {
  return expression({ hcl: code, owner });
}

/** Nested blocks whose number Terraform finds out. */
export class Blocks<B> {
  constructor(
    readonly forEach: Expression<unknown>,
    readonly content: B,
  ) {}
}

/** One nested block for each entry of a collection (`dynamic`). */
export function blockForEach<V, B>(
  collection: Collection<V>,
  content: (value: Ref<V>, key: Expression<string>) => B,
): Blocks<B> {
  const { owner } = codeOf(collection);
  const value = elementReference(collection, { hcl: "block.value", owner });
  return new Blocks(collection, content(value, expression({ hcl: "block.key", owner })));
}

/** One nested block where the switch is on, else none. */
export function blockIf<B>(enabled: Choice, content: B): Blocks<B> {
  return new Blocks(enabled([true], []), content);
}

/** A named intermediate value (`locals`), which keeps long documents readable in the emitted file. */
export function local<T>(scope: Construct, name: string, value: Value<T>): Expression<T> {
  Namespace.of(scope).addOverride(`locals.${name}`, lower(value));
  return expression({ hcl: `local.${name}`, owner: ownerOf(scope) });
}

/** The module or root that a construct belongs to, as it is named in messages and expressions. */
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
  const blocks = Object.entries(rest).filter((entry): entry is [string, Blocks<unknown>] => entry[1] instanceof Blocks);
  const plain = Object.entries(rest).filter(([, value]) => !(value instanceof Blocks));
  const kind = type.prototype instanceof TerraformDataSource ? "data." : "";
  const address = `${kind}${type.tfResourceType}.${name}`;
  const element = new type(scope, address, lower<C>({ ...Object.fromEntries(plain), ...(lifecycle && { lifecycle }) }));
  element.overrideLogicalId(name);
  for (const [block, { forEach, content }] of blocks) {
    const dynamic = { for_each: lower(forEach), iterator: "block", content: snakeKeys(lower(content)) };
    element.addOverride(`dynamic.${snakeCase(block)}`, dynamic);
  }
  if (dependsOn !== undefined) {
    element.addOverride(
      "depends_on",
      dependsOn.map((dependency) => codeOf(dependency).hcl),
    );
  }
  if (provider !== undefined) element.addOverride("provider", provider.address);
  return { element, address: { hcl: address, owner: ownerOf(scope) } };
}

/** The arguments of a nested block as Terraform names them; CDKTF does this for all but `dynamic` blocks. */
function snakeKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snakeKeys);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [snakeCase(key), snakeKeys(item)]));
}
