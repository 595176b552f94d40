/**
 * Known values: how Terraform converts and sorts them.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/types#type-conversion
 */
import { isList, isMapping, isUnknown, type Mapping, Unknown, Unordered, type Value } from "./unknown";

/** Terraform itself would refuse to compute this. */
export class EvaluationError extends Error {
  override readonly name = "EvaluationError";
}

/** Shows the value where it is of the wrong kind. */
export function wrong(value: Value, allowed: string): EvaluationError {
  const got = isUnknown(value) ? "a value known after apply" : JSON.stringify(value);
  return new EvaluationError(`got ${got}; allowed: ${allowed}`);
}

/** @throws EvaluationError where the value is null, a list or a map. */
export function asText(value: Value): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return decimal(value);
  if (typeof value === "boolean") return String(value);
  throw wrong(value, "text, a number or a boolean");
}

/** @throws EvaluationError */
export function asNumber(value: Value): number {
  if (typeof value === "number") return value;
  if (typeof value === "string" && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value)) return Number(value);
  throw wrong(value, "a number");
}

/** @throws EvaluationError */
export function asBoolean(value: Value): boolean {
  if (typeof value === "boolean") return value;
  if (value === "true" || value === "1") return true;
  if (value === "false" || value === "0") return false;
  throw wrong(value, "true or false");
}

/** @throws EvaluationError */
export function asList(value: Value): readonly Value[] {
  if (isList(value)) return value;
  throw wrong(value, "a list or a set");
}

/** @throws EvaluationError */
export function asMapping(value: Value): Mapping {
  if (isMapping(value)) return value;
  throw wrong(value, "a map or an object");
}

/** A number without an exponent, as Terraform writes it; zero may have a sign. */
export function decimal(number: number): string {
  const text = Object.is(number, -0) ? "-0" : String(number);
  const [, sign = "", whole = "", fraction = "", exponent] = /^(-?)(\d+)\.?(\d*)e([+-]\d+)$/.exec(text) ?? [];
  if (exponent === undefined) return text;
  const point = whole.length + Number(exponent);
  const digits = whole + fraction;
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  return sign + digits.padEnd(point, "0");
}

/**
 * The result of arithmetic. Terraform calculates with over 150 digits and JavaScript with fewer than 17: a result that
 * needs more is unknown rather than wrong in its last digits.
 */
export function computed(result: number): number | Unknown {
  if (Number.isInteger(result)) return Number.isSafeInteger(result) ? result : new Unknown();
  const rounded = Number(result.toPrecision(14));
  return Math.abs(result - rounded) <= Math.abs(result) * 4 * Number.EPSILON ? rounded : new Unknown();
}

/** Terraform sorts text by its bytes in UTF-8; comparing code points gives the same order. */
export function compareText(left: string, right: string): number {
  const shorter = Math.min(left.length, right.length);
  let at = 0;
  while (at < shorter && left.charCodeAt(at) === right.charCodeAt(at)) at++;
  if (at === shorter) return left.length - right.length;
  return rank(left.charCodeAt(at)) - rank(right.charCodeAt(at));
}

/** The code points that take two units of UTF-16 come after all others, and the units themselves do not. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

/** Keys in the order in which Terraform goes through a map. */
export function sortedKeys(mapping: Mapping): string[] {
  return Object.keys(mapping).sort(compareText);
}

const sets = new WeakSet<readonly Value[]>();

/**
 * A set: its elements once, in Terraform's order. In a `for` with two names both are the element. Of elements that are
 * unknown or no scalars, order and number are Terraform's secret, and the set is `Unordered`; a single one is known to be one.
 */
export function setOf(elements: readonly Value[]): readonly Value[] | Unknown {
  const isSingle = elements.length === 1;
  if (!isSingle && elements.some((element) => typeof element === "object")) return new Unordered(elements);
  const set = [...new Set(elements)].sort((a, b) =>
    typeof a === "number" && typeof b === "number" ? a - b : compareText(String(a), String(b)),
  );
  sets.add(set);
  return set;
}

export function isSet(value: Value): boolean {
  return isList(value) && sets.has(value);
}
