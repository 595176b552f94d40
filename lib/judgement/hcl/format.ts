/** @see https://developer.hashicorp.com/terraform/language/functions/format */
import { encode } from "./json";
import { type HclValue, isUnknown, textFrom, type Unknown, unknownFrom } from "./unknown";
import { asNumber, asText, EvaluationError } from "./values";

/** Text with another width or precision than in `%05d` is unknown. @throws EvaluationError */
export function format(pattern: HclValue, ...values: HclValue[]): HclValue {
  if (typeof pattern !== "string") return unknownFrom(pattern, ...values);
  const pieces = pattern.split(/(%[^a-z%]*[a-z%])/i);
  const verbs = pieces.filter((piece, i) => i % 2 === 1 && piece !== "%%");
  if (verbs.length !== values.length) {
    throw new EvaluationError(`got ${values.length} values for ${JSON.stringify(pattern)}; allowed: ${verbs.length}`);
  }
  let next = 0;
  const printed = pieces.map((piece, i) => {
    if (i % 2 === 0) return piece;
    return piece === "%%" ? "%" : print(piece, values[next++] ?? null);
  });
  const known = printed.filter((piece) => piece !== undefined);
  return known.length < printed.length ? unknownFrom(...values) : textFrom(known);
}

/** Undefined for a verb that is not supported. */
function print(verb: string, value: HclValue): string | Unknown | undefined {
  if (isUnknown(value)) return /^%[svd]$/.test(verb) ? value : undefined;
  if (verb === "%v") return value === null || typeof value === "object" ? encode(value) : asText(value);
  if (value === null) return undefined;
  if (verb === "%s") return asText(value);
  if (verb === "%q") return encode(asText(value));
  const [, zero, width = "0"] = /^%(0?)(\d*)d$/.exec(verb) ?? [];
  if (zero === undefined) return undefined;
  const number = asNumber(value);
  if (!Number.isInteger(number)) throw new EvaluationError(`got ${number} for ${verb}; allowed: a whole number`);
  if (number < 0 && width !== "") return undefined;
  return asText(number).padStart(Number(width), zero === "" ? " " : "0");
}
