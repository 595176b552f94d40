/** References whose members follow from a declared type: inputs, outputs, the values of a `for_each`. */

import type { TerraformType } from "../inputs/types";
import { type Code, codeOf, type Expression, withCode } from "./code";
import { type Choice, choice, expression, hcl, hclCollection, type Ref, type Value } from "./expression";
import { snakeCase } from "./names";
import { nullable } from "./nullable";
import { mistake } from "./source";

const ELEMENT = Symbol("element");
const KIND = Symbol("kind");

/** A reference to a value of the given type. */
export function reference<T>(code: Code, type: TerraformType): Ref<T>;
export function reference(code: Code, type: TerraformType): Expression<unknown> {
  const value = untested(code, type);
  return type.nullable || (type.optional && type.default === undefined) ? nullable(value) : value;
}

function untested(code: Code, type: TerraformType): Expression<unknown> {
  switch (type.kind) {
    case "bool":
      return choice(code);
    case "object":
      return Object.assign(expression(code, "collection"), fieldReferences(code, type.fields));
    case "map":
      return mapReference(code, type.element);
    case "list":
    case "set":
      return Object.assign(expression(code, "collection"), { [ELEMENT]: type.element, [KIND]: type.kind });
    default:
      return expression(code);
  }
}

function fieldReferences(code: Code, fields: Readonly<Record<string, TerraformType>>) {
  const entries = Object.entries(fields).map(([name, field]) => [
    name,
    reference({ ...code, hcl: `${code.hcl}.${snakeCase(name)}` }, field),
  ]);
  return Object.fromEntries(entries);
}

function mapReference(code: Code, element: TerraformType) {
  const map = expression(code, "collection");
  const at = (key: Value<string>) => reference(codeOf(hcl`${map}[${key}]`), element);
  return Object.assign(map, { at, [ELEMENT]: element, [KIND]: "map" });
}

/** The reference to one value of a collection; `code` is its HCL, such as `each.value`. */
export function elementReference<V>(collection: Collection<V>, code: Code): Ref<V>;
export function elementReference(collection: Expression<unknown>, code: Code): Expression<unknown> {
  if (!isTyped(collection)) return untypedElement(codeOf(collection), code);
  if (collection[KIND] === "list") {
    const { hcl: list, owner } = codeOf(collection);
    throw mistake(
      `for_each: got ${list}, a list; allowed: a map or a set, whose keys do not depend on an order`,
      owner,
    );
  }
  return reference(code, collection[ELEMENT]);
}

/** An element without a declared type. The Terraform names of its fields are unknown. */
function untypedElement(collection: Code, code: Code): Expression<unknown> {
  const proxy = new Proxy(expression(code), {
    get(target, name) {
      if (typeof name === "symbol" || name in target) return Reflect.get(target, name);
      throw mistake(
        `got ${code.hcl}.${name}, but no type says what the elements of ${collection.hcl} have; ` +
          `allowed: hcl\`\${value}.${snakeCase(name)}\`, or a collection made from an input`,
        collection.owner,
      );
    },
  });
  return withCode(proxy, code);
}

interface TypedCollection {
  readonly [KIND]: TerraformType["kind"];
  readonly [ELEMENT]: TerraformType;
}

function isTyped(collection: object): collection is TypedCollection {
  return ELEMENT in collection;
}

/** A collection for `for_each`: a map, or a set of strings. */
export type Collection<V> =
  | Expression<Readonly<Record<string, V>>>
  | (V extends string ? Expression<readonly V[]> : never);

/** Number of enclosing filters. Each filter uses a different variable name. */
let depth = 0;

/** The entries of a map that satisfy a condition, with their keys. */
export function filter<V>(
  map: Expression<Readonly<Record<string, V>>>,
  holds: (value: Ref<V>) => Choice,
): Ref<Readonly<Record<string, V>>> {
  const value = { hcl: depth === 0 ? "value" : `value_${depth}`, owner: codeOf(map).owner };
  depth++;
  try {
    const condition = holds(elementReference<V>(map, value));
    const name = expression(value);
    return likewise(map, codeOf(hcl`{ for key, ${name} in ${map} : key => ${name} if ${condition} }`));
  } finally {
    depth--;
  }
}

/** Another map with elements of the same type. */
function likewise<V>(map: Expression<V>, code: Code): Ref<V>;
function likewise(map: Expression<unknown>, code: Code): Expression<unknown> {
  return isTyped(map) ? mapReference(code, map[ELEMENT]) : expression(code, "collection");
}

/** The values of a map, in the order of their keys. */
export function values<V>(map: Expression<Readonly<Record<string, V>>>): Expression<V[]> {
  return hclCollection`values(${map})`;
}
