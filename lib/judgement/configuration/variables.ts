/**
 * Values of variables: the value of the call, converted to the type of the variable.
 * @see https://developer.hashicorp.com/terraform/language/expressions/type-constraints
 */
import type { HclExpression } from "../../common/hcl/syntax";
import { evaluate, type HclValue, isList, isMapping, isUnknown, scopeOf, setOf } from "../hcl";

/** The value that Terraform passes to the module: with optional attributes, and without undeclared ones. */
export function convert(type: HclExpression, value: HclValue): HclValue {
  if (value === null || isUnknown(value)) return value;
  if (type.kind === "variable") return scalar(type.name, value);
  if (type.kind !== "call") return value;
  const [of] = type.arguments;
  if (of === undefined) return value;
  if (type.name === "object" && of.kind === "object" && isMapping(value)) {
    return Object.fromEntries(
      of.items.map((item) => [nameOf(item.key), attribute(item.value, value[nameOf(item.key)] ?? null)]),
    );
  }
  if (type.name === "map" && isMapping(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, convert(of, member)]));
  }
  const items = isList(value) ? value.map((item) => convert(of, item)) : undefined;
  if (items === undefined) return value;
  return type.name === "set" ? setOf(items) : items;
}

function attribute(type: HclExpression, value: HclValue): HclValue {
  if (type.kind !== "call" || type.name !== "optional") return convert(type, value);
  const [of, byDefault] = type.arguments;
  if (of === undefined) return value;
  return convert(of, value === null && byDefault !== undefined ? evaluate(byDefault, scopeOf({})) : value);
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
