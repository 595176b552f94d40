/** Decides which subjects the conditions of a policy statement restrict. */
import { type HclValue, isUnknown, type Unknown } from "../hcl";
import type { ConditionSubject } from "./condition-keys";
import { isFixed, TESTS } from "./fixed-values";
import type { KeyComparison, Statement } from "./policies";
import { isNarrowRange } from "./ranges";

/** Whether a condition restricts the subject to fixed values; the unknown value if the answer depends on one. */
export function restricts(
  { conditions, openConditions }: Pick<Statement, "conditions" | "openConditions">,
  subject: ConditionSubject,
): boolean | Unknown {
  const answers = conditions.map((comparison) => restrictsOne(comparison, conditions, subject));
  if (answers.includes(true)) return true;
  return answers.find((answer) => typeof answer !== "boolean") ?? openConditions[0] ?? false;
}

/** At least one of several subjects is restricted. */
export function restrictsAny(statement: Statement, ...subjects: readonly ConditionSubject[]): boolean | Unknown {
  const answers = subjects.map((subject) => restricts(statement, subject));
  return answers.includes(true) || (answers.find((answer) => typeof answer !== "boolean") ?? false);
}

/** Each of several subjects is restricted. */
export function restrictsAll(statement: Statement, ...subjects: readonly ConditionSubject[]): boolean | Unknown {
  const answers = subjects.map((subject) => restricts(statement, subject));
  return !answers.includes(false) && (answers.find((answer) => typeof answer !== "boolean") ?? true);
}

function restrictsOne(
  comparison: KeyComparison,
  all: readonly KeyComparison[],
  subject: ConditionSubject,
): boolean | Unknown {
  const { key, test, values } = comparison;
  const form = subject(key);
  if (form === undefined || !TESTS[form].includes(test)) return false;
  if (values.length === 0 || (passesWithoutKey(comparison) && !all.some((other) => requiresKey(other, key)))) {
    return false;
  }
  if (form === "range") {
    const known = values.filter((value) => !isUnknown(value));
    return isNarrowRange(known.map(String)) && (values.find(isUnknown) ?? true);
  }
  const fixed = values.map((value) => isFixed(value, form, key));
  return !fixed.includes(false) && (fixed.find((answer) => typeof answer !== "boolean") ?? true);
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html */
function passesWithoutKey({ quantifier, ifExists }: KeyComparison): boolean {
  return quantifier === "all" || ifExists;
}

/** `Null` with `false` matches only requests that have the key. */
function requiresKey({ test, key, values, ...comparison }: KeyComparison, required: string): boolean {
  return test === "null" && key === required && !comparison.ifExists && values.length > 0 && values.every(isFalse);
}

export function isFalse(value: HclValue): boolean {
  return String(value).toLowerCase() === "false" && !isUnknown(value);
}

export function isTrue(value: HclValue): boolean {
  return String(value).toLowerCase() === "true" && !isUnknown(value);
}

/** The values that the conditions require a key to equal or to match. */
export function comparedWith({ conditions }: Statement, key: string): readonly HclValue[] {
  return conditions
    .filter((comparison) => comparison.key === key && TESTS.text.includes(comparison.test))
    .flatMap(({ values }) => values);
}

/**
 * The time, in ISO 8601, at which a statement stops allowing anything; undefined if it has no readable end.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-currenttime
 */
export function endOf({ conditions }: Statement): string | undefined {
  const ends = conditions
    .filter(({ test, quantifier }) => /^datelessthan(equals)?$/.test(test) && quantifier === undefined)
    .filter(({ key }) => key === "aws:currenttime")
    .flatMap(({ values }) => values);
  return ends.every((end) => typeof end === "string") ? ends.sort().at(-1) : undefined;
}
