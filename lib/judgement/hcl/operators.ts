/** @see https://developer.hashicorp.com/terraform/language/expressions/operators */

import type { BinaryOperator, UnaryOperator } from "../../common/hcl/syntax";
import { equal } from "./equality";
import { type HclValue, isUnknown, unknownFrom } from "./unknown";
import { asBoolean, asNumber, computed, EvaluationError } from "./values";

/** @throws EvaluationError */
export function unary(operator: UnaryOperator, operand: HclValue): HclValue {
  if (isUnknown(operand)) return unknownFrom(operand);
  return operator === "!" ? !asBoolean(operand) : computed(-asNumber(operand));
}

/** All operators except `&&` and `||`, which do not always evaluate both operands. @throws EvaluationError */
export function binary(operator: Exclude<BinaryOperator, "&&" | "||">, left: HclValue, right: HclValue): HclValue {
  if (operator === "==" || operator === "!=") {
    const same = equal(left, right);
    return same === undefined ? unknownFrom(left, right) : same === (operator === "==");
  }
  if (isUnknown(left) || isUnknown(right)) return unknownFrom(left, right);
  return ON_NUMBERS[operator](asNumber(left), asNumber(right));
}

type NumberOperator = Exclude<BinaryOperator, "&&" | "||" | "==" | "!=">;

const ON_NUMBERS: Readonly<Record<NumberOperator, (left: number, right: number) => HclValue>> = {
  "<": (left, right) => left < right,
  "<=": (left, right) => left <= right,
  ">": (left, right) => left > right,
  ">=": (left, right) => left >= right,
  "+": (left, right) => computed(left + right),
  "-": (left, right) => computed(left - right),
  "*": (left, right) => computed(left * right),
  "/": (left, right) => computed(left / divisor(right)),
  "%": (left, right) => computed((left % divisor(right)) + 0),
};

function divisor(number: number): number {
  if (number === 0) throw new EvaluationError("division by zero");
  return number;
}

/** Whether one operand decides `&&` (`by` is false) or `||` (`by` is true). */
export function decides(by: boolean, side: HclValue): boolean {
  return !isUnknown(side) && asBoolean(side) === by;
}
