/** Functions on known numbers, and conversions of known scalars. @see https://developer.hashicorp.com/terraform/language/functions */
import type { HclValue } from "./unknown";
import { asBoolean, asList, asNumber, computed, EvaluationError } from "./values";

/** Adding 0 removes the sign of a zero, which Terraform does not have. */
export const NUMBER_FUNCTIONS = {
  abs: (number: HclValue) => Math.abs(asNumber(number)),
  ceil: (number: HclValue) => computed(Math.ceil(asNumber(number)) + 0),
  floor: (number: HclValue) => computed(Math.floor(asNumber(number)) + 0),
  max: (...numbers: HclValue[]) => Math.max(...some(numbers)),
  min: (...numbers: HclValue[]) => Math.min(...some(numbers)),
  range: (...numbers: HclValue[]) => range(...numbers.map(asNumber)),
  sum: (list: HclValue) => computed(some(asList(list)).reduce((total, number) => total + number, 0)),
  tobool: (value: HclValue) => (value === null ? null : asBoolean(value)),
  tonumber: (value: HclValue) => (value === null ? null : computed(asNumber(value))),
};

function some(numbers: readonly HclValue[]): number[] {
  if (numbers.length === 0) throw new EvaluationError("got no numbers; allowed: one or more");
  return numbers.map(asNumber);
}

/** Terraform returns up to 1024 numbers. @see https://developer.hashicorp.com/terraform/language/functions/range */
function range(first = 0, second?: number, step?: number): HclValue {
  const [start, limit] = second === undefined ? [0, first] : [first, second];
  const by = step ?? (limit < start ? -1 : 1);
  const count = Math.ceil((limit - start) / by);
  if (by === 0 || count < 0 || count > 1024)
    throw new EvaluationError(`got a range from ${start} to ${limit} by ${by}`);
  return Array.from({ length: count }, (_, i) => computed(start + i * by));
}
