/**
 * Conversion and order of known values.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/types#type-conversion
 */
import { show } from "./show";
import { type HclValue, isList, isMapping, type Mapping, Unknown, Unordered } from "./unknown";

/** An error that Terraform would report too. */
export class EvaluationError extends Error {
  override readonly name = "EvaluationError";

  /** Most of these errors are caught by a conditional or by `try`, and none is reported with a stack. */
  constructor(message: string) {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = limit;
  }
}

/** The error for a value of the wrong type. */
export function wrong(value: HclValue, allowed: string): EvaluationError {
  return new EvaluationError(`got ${show(value)}; allowed: ${allowed}`);
}

/** @throws EvaluationError if the value is null, a list or a map */
export function asText(value: HclValue): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return decimal(value);
  if (typeof value === "boolean") return String(value);
  throw wrong(value, "text, a number or a boolean");
}

/** @throws EvaluationError */
export function asNumber(value: HclValue): number {
  if (typeof value === "number") return value;
  if (typeof value === "string" && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value)) return Number(value);
  throw wrong(value, "a number");
}

/** @throws EvaluationError */
export function asBoolean(value: HclValue): boolean {
  if (typeof value === "boolean") return value;
  if (value === "true" || value === "1") return true;
  if (value === "false" || value === "0") return false;
  throw wrong(value, "true or false");
}

/** @throws EvaluationError */
export function asList(value: HclValue): readonly HclValue[] {
  if (isList(value)) return value;
  throw wrong(value, "a list or a set");
}

/** @throws EvaluationError */
export function asMapping(value: HclValue): Mapping {
  if (isMapping(value)) return value;
  throw wrong(value, "a map or an object");
}

/** A number without an exponent, as Terraform prints it. Zero may have a sign. */
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
 * The result of arithmetic. Terraform calculates with more than 150 digits, JavaScript with fewer than 17. A result that needs
 * more digits is unknown.
 */
export function computed(result: number): number | Unknown {
  if (Number.isInteger(result)) return Number.isSafeInteger(result) ? result : new Unknown();
  const rounded = Number(result.toPrecision(14));
  return Math.abs(result - rounded) <= Math.abs(result) * 4 * Number.EPSILON ? rounded : new Unknown();
}

/** Terraform sorts text by UTF-8 bytes. The order of code points is the same. */
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

/** Keys in the order in which Terraform iterates over a map. */
export function sortedKeys(mapping: Mapping): string[] {
  return Object.keys(mapping).sort(compareText);
}

const sets = new WeakSet<readonly HclValue[]>();

/**
 * A set: distinct elements in Terraform's order. In a `for` with two names, both are the element. If several elements are
 * unknown or no scalars, their order and number are unknown, and the set is `Unordered`.
 */
export function setOf(elements: readonly HclValue[]): readonly HclValue[] | Unknown {
  const isSingle = elements.length === 1;
  if (!isSingle && elements.some((element) => typeof element === "object")) return new Unordered(elements);
  const set = [...new Set(elements)];
  if (!isSingle) {
    set.sort((a, b) => (typeof a === "number" && typeof b === "number" ? a - b : compareText(String(a), String(b))));
  }
  sets.add(set);
  return set;
}

export function isTerraformSet(value: HclValue): boolean {
  return isList(value) && sets.has(value);
}
