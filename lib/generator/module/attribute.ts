/** Attributes of a resource as typed expressions. */
import {
  BooleanMap,
  ComplexList,
  ComplexMap,
  ComplexObject,
  type IResolvable,
  NumberMap,
  StringMap,
  type TerraformDataSource,
  type TerraformElement,
  type TerraformResource,
} from "cdktf";
import { type Code, type Expression, withCode } from "../expression/code";
import { type Choice, choice, expression, type Value } from "../expression/expression";
import { Namespace } from "../expression/namespace";
import { mistake } from "../expression/source";
import { printHcl } from "../expression/template";

/** A boolean attribute. Nested objects, lists and maps of CDKTF are `IResolvable` as well, but have further members. */
type ScalarAttribute<V> = [V] extends [string]
  ? Expression<string>
  : [V] extends [number]
    ? Expression<number>
    : [V] extends [boolean | IResolvable]
      ? [IResolvable] extends [V]
        ? Choice
        : never
      : [V] extends [readonly (string | number)[] | Readonly<Record<string, string>>]
        ? Expression<V>
        : never;

/** A list, set or map of nested objects: `subnet.at(0)`, `endpoint.at("eu")`. */
interface Members<K, E> {
  at(key: K): Nested<E>;
}

/** A nested object, list or map, in the structure of Terraform's attribute. */
type NestedAttribute<V> = V extends ComplexObject
  ? Nested<V>
  : V extends ComplexList
    ? V extends { get(index: number): infer E extends ComplexObject }
      ? Members<number, E>
      : never
    : V extends ComplexMap
      ? V extends { get(key: string): infer E extends ComplexObject }
        ? Members<Value<string>, E>
        : never
      : V extends StringMap
        ? { at(key: Value<string>): Expression<string> }
        : V extends NumberMap
          ? { at(key: Value<string>): Expression<number> }
          : V extends BooleanMap
            ? { at(key: Value<string>): Choice }
            : never;

/** An attribute whose type no expression has, such as a map of maps, is `undefined`: no argument accepts it. */
type Attribute<V> = [ScalarAttribute<V>] extends [never]
  ? [NestedAttribute<V>] extends [never]
    ? undefined
    : NestedAttribute<V>
  : ScalarAttribute<V>;

type Method = (...given: never[]) => unknown;

/** Beside an attribute `rule`, a class of the bindings has `ruleInput`, and methods such as `putRule` and `resetRule`. */
type NameOf<K extends keyof R, R> = K extends `put${string}` | `reset${string}`
  ? R[K] extends Method
    ? never
    : K
  : K extends `${infer A}Input`
    ? A extends keyof R
      ? never
      : K
    : K;

/**
 * Attributes of a nested object, or of a class that extends CDKTF's class `B`. Names tell attributes from other members, because the
 * compiler would need long for the types of all members. It evaluates the types of the attributes that are read.
 */
export type Nested<R, B = ComplexObject> = {
  readonly [K in Exclude<keyof R, keyof B | "internalValue"> as NameOf<K, R>]: Attribute<R[K]>;
};

/** The type that an attribute evaluates to. */
export type AttributeType<V> = ScalarAttribute<V> extends Expression<infer T> ? T : never;

export type AttributeName<R> = {
  [K in Exclude<keyof R & string, keyof TerraformResource>]: [NameOf<K, R>] extends [never]
    ? never
    : [ScalarAttribute<R[K]>] extends [never]
      ? never
      : K;
}[Exclude<keyof R & string, keyof TerraformResource>];

/**
 * Values of a data source in an offline plan, by attribute. A nested object, list or map has Terraform's own form: a list for a
 * block.
 */
export type StandIn<R> = {
  readonly [K in keyof Nested<R, TerraformDataSource>]?: Nested<R, TerraformDataSource>[K] extends Expression<infer T>
    ? T
    : object;
};

/** A resource as an expression, with its attributes. */
export type Resource<R> = Expression<R> & Nested<R, TerraformResource>;

/** A resource, or one instance of it, at an address. */
export function handle<R extends TerraformElement>(element: R, address: Code): Resource<R>;
export function handle(element: TerraformElement, address: Code): Expression<unknown> {
  return withCode(membersOf(element, element, address), address);
}

/** The attributes of a resource or of an object in it. */
type Parent = TerraformElement | ComplexObject;

function membersOf(element: TerraformElement, parent: Parent, address: Code): Expression<unknown> {
  return new Proxy(expression(address, "collection"), {
    get(target, name) {
      if (typeof name === "symbol" || name in target) return Reflect.get(target, name);
      return attribute(element, parent, address, name);
    },
  });
}

function attribute(element: TerraformElement, parent: Parent, address: Code, name: string): unknown {
  const { read, value } = recorded(parent, name);
  if (parent === element) Namespace.of(element).standIns.addRead(element, terraformName(element, name));
  const below = (path: string): Code => ({ ...address, hcl: `${address.hcl}.${path}` });
  if (read !== undefined) return scalar(read.kind, below(read.path));
  const path = () => below(String(Reflect.get(Object(value), "terraformAttribute")));
  if (value instanceof ComplexObject) return membersOf(element, value, positionOf(value, path()));
  if (value instanceof ComplexList || value instanceof ComplexMap) {
    const list = path();
    return {
      at: (key: Value<string> | number) => {
        const member: unknown = Reflect.apply(Reflect.get(value, "get"), value, [key]);
        if (!(member instanceof ComplexObject)) throw notExported(element, name, value);
        return membersOf(element, member, at(Reflect.get(value, "wrapsSet") === true, list, key));
      },
    };
  }
  if (value instanceof StringMap || value instanceof NumberMap || value instanceof BooleanMap) {
    const map = path();
    const kind = value instanceof BooleanMap ? "boolean" : "scalar";
    return { at: (key: Value<string>) => scalar(kind, at(false, map, key)) };
  }
  throw notExported(element, name, value);
}

function scalar(kind: AttributeRead["kind"], code: Code): Expression<unknown> {
  return kind === "boolean" ? choice(code) : expression(code, kind);
}

/** The position of a block that the provider allows once: the index in a list or set of one element, or none for an object. */
function positionOf(object: ComplexObject, code: Code): Code {
  const index: unknown = Reflect.get(object, "complexObjectIndex");
  if (index === undefined) return code;
  return at(Reflect.get(object, "complexObjectIsFromSet") === true, code, Number(index));
}

/** The element of a list, set or map. Terraform cannot index a set, so that it is converted to a list. */
function at(isSet: boolean, { hcl, ...code }: Code, key: Value<string> | number): Code {
  return { ...code, hcl: `${isSet ? `tolist(${hcl})` : hcl}[${printHcl(key)}]` };
}

function notExported(element: TerraformElement, name: string, got: unknown): Error {
  return mistake(
    `${element.node.id}: got ${name}, which TypeScript reads as ${String(got)}; allowed: attributes that Terraform exports`,
    Namespace.of(element).address,
  );
}

/** The attribute's path below its resource, in Terraform's spelling: `.arn_suffix`. */
export function attributePath(element: TerraformElement, name: string): string {
  const { read, value } = recorded(element, name);
  if (read === undefined) throw notExported(element, name, value);
  Namespace.of(element).standIns.addRead(element, read.path);
  return `.${read.path}`;
}

/** The name of an attribute, nested or not, in Terraform's spelling. */
export function terraformName(element: TerraformElement, name: string): string {
  const { read, value } = recorded(element, name);
  return read?.path ?? String(Reflect.get(Object(value), "terraformAttribute"));
}

interface AttributeRead {
  readonly path: string;
  readonly kind: "boolean" | "scalar" | "collection";
}

/** Reads a getter of the provider's class and records the Terraform name of the attribute that it requests. */
function recorded(parent: Parent, name: string): { read: AttributeRead | undefined; value: unknown } {
  let read: AttributeRead | undefined;
  const note = (kind: AttributeRead["kind"], result: unknown) => ({
    value: (path: string) => {
      read = { path, kind };
      return result;
    },
  });
  const recorder = Object.create(parent, {
    getStringAttribute: note("scalar", ""),
    getNumberAttribute: note("scalar", 0),
    getBooleanAttribute: note("boolean", false),
    getListAttribute: note("collection", []),
    getNumberListAttribute: note("collection", []),
    getStringMapAttribute: note("collection", {}),
  });
  const value: unknown = Reflect.get(parent, name, recorder);
  return { read, value };
}
