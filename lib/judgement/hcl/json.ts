/** JSON as Terraform encodes and decodes it. */
import { EncodedJson, type HclValue, hasUnknown, isList, isMapping, isUnknown, unknownFrom } from "./unknown";
import { asText, decimal, EvaluationError, sortedKeys } from "./values";

/** @see https://developer.hashicorp.com/terraform/language/functions/jsonencode */
export function encodeJson(value: HclValue): HclValue {
  return hasUnknown(value) ? new EncodedJson(value) : encode(value);
}

/** Without spaces and exponents, with sorted keys, and escaped for HTML. */
export function encode(value: HclValue): string {
  if (typeof value === "string") return quote(value);
  if (typeof value === "number") return decimal(value);
  if (isList(value)) return `[${value.map(encode).join(",")}]`;
  if (isMapping(value)) {
    return `{${sortedKeys(value)
      .map((key) => `${quote(key)}:${encode(value[key] ?? null)}`)
      .join(",")}}`;
  }
  return String(value);
}

function quote(text: string): string {
  return JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** @see https://developer.hashicorp.com/terraform/language/functions/jsondecode @throws EvaluationError */
export function jsondecode(text: HclValue): HclValue {
  if (text instanceof EncodedJson) return text.value;
  if (isUnknown(text)) return unknownFrom(text);
  try {
    return JSON.parse(asText(text), (_, value) => (typeof value === "string" ? value.normalize() : value));
  } catch (error) {
    throw new EvaluationError(`got text that is no JSON: ${error}`);
  }
}
