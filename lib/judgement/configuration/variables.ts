/**
 * Values of variables: the value of the call, converted to the type of the variable.
 * @see https://developer.hashicorp.com/terraform/language/expressions/type-constraints
 */
import type { HclExpression, ObjectItem } from "../../common/hcl/syntax";
import { evaluate, type HclValue, isList, isMapping, isUnknown, type Mapping, scopeOf, setOf } from "../hcl";

/** The value that Terraform passes to the module: with optional attributes, and without undeclared ones. */
export function convert(type: HclExpression, value: HclValue): HclValue {
  return conversionTo(type)(value);
}

type Conversion = (value: HclValue) => HclValue;

/** All calls of a module have variables of the same types. */
const conversions = new WeakMap<HclExpression, Conversion>();

function conversionTo(type: HclExpression): Conversion {
  const known = conversions.get(type);
  if (known !== undefined) return known;
  const convertKnown = conversionOfKnown(type);
  const conversion: Conversion = (value) => (value === null || isUnknown(value) ? value : convertKnown(value));
  conversions.set(type, conversion);
  return conversion;
}

function conversionOfKnown(type: HclExpression): Conversion {
  if (type.kind === "variable") return (value) => scalar(type.name, value);
  const [of] = type.kind === "call" ? type.arguments : [];
  if (type.kind !== "call" || of === undefined) return (value) => value;
  if (type.name === "object" && of.kind === "object") return conversionToObject(of.items);
  const inner = conversionTo(of);
  return (value) => {
    if (type.name === "map" && isMapping(value)) {
      return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, inner(member)]));
    }
    if (!isList(value)) return value;
    const items = value.map(inner);
    return type.name === "set" ? setOf(items) : items;
  };
}

function conversionToObject(items: readonly ObjectItem[]): Conversion {
  const attributes = items.map((item) => ({ name: nameOf(item.key), convert: conversionToAttribute(item.value) }));
  const empty: Mapping = Object.fromEntries(attributes.map(({ name }) => [name, null]));
  return (value) => {
    if (!isMapping(value)) return value;
    const converted = { ...empty };
    for (const { name, convert: attribute } of attributes) converted[name] = attribute(value[name] ?? null);
    return converted;
  };
}

function conversionToAttribute(type: HclExpression): Conversion {
  if (type.kind !== "call" || type.name !== "optional") return conversionTo(type);
  const [of, byDefault] = type.arguments;
  if (of === undefined) return (value) => value;
  const inner = conversionTo(of);
  if (byDefault === undefined) return inner;
  return (value) => inner(value === null ? evaluate(byDefault, scopeOf({})) : value);
}

function scalar(type: string, value: HclValue): HclValue {
  if (type === "string" && (typeof value === "number" || typeof value === "boolean")) return String(value);
  if (type === "number" && typeof value === "string") return Number(value);
  if (type === "bool" && typeof value === "string") return value === "true";
  return value;
}

function nameOf(key: HclExpression): string {
  if (key.kind === "literal") return String(key.value);
  return key.kind === "variable" ? key.name : "";
}
