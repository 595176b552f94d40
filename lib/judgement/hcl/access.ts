/** Attributes and elements. @see https://developer.hashicorp.com/terraform/language/expressions/references */
import { type HclValue, isList, isMapping, isUnknown, unknownFrom } from "./unknown";
import { asNumber, asText, EvaluationError, isTerraformSet, wrong } from "./values";

/** `value.name`. @throws EvaluationError if there is no such attribute */
export function attribute(value: HclValue, name: string): HclValue {
  if (isUnknown(value)) return value.attribute(name);
  if (!isMapping(value)) throw wrong(value, `an object with the attribute ${name}`);
  return member(value, name);
}

/** `value[key]`. @throws EvaluationError if there is no such element */
export function element(value: HclValue, key: HclValue): HclValue {
  if (isUnknown(key)) return unknownFrom(value, key);
  if (isUnknown(value)) return value.element(typeof key === "number" ? key : asText(key));
  if (isMapping(value)) return member(value, asText(key));
  if (!isList(value) || isTerraformSet(value)) throw wrong(value, "a list or a map to take an element of");
  const found = value[asNumber(key)];
  if (found === undefined) throw new EvaluationError(`got the index ${asText(key)} of a list of ${value.length}`);
  return found;
}

function member(mapping: { readonly [key: string]: HclValue }, key: string): HclValue {
  const found = Object.hasOwn(mapping, key) ? mapping[key] : undefined;
  if (found !== undefined) return found;
  throw new EvaluationError(`got the key "${key}"; allowed: ${Object.keys(mapping).join(", ") || "none"}`);
}
