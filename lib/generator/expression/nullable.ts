/** Nullable values in raw HCL: Terraform fails on a member of null, and on null in an operation. */
import { codeOf, type Expression } from "./code";
import { mistake } from "./source";

const values = new WeakSet<object>();

/** Values that `isSet` has tested for null, while its callback runs. */
let tested: readonly unknown[] = [];

/** Marks a value that may be null. */
export function nullable<V extends object>(value: V): V {
  values.add(value);
  return value;
}

/** Runs the callback of `isSet`, in which these values are not null. */
export function whereSet<R>(set: readonly unknown[], work: () => R): R {
  const outer = tested;
  tested = [...outer, ...set];
  try {
    return work();
  } finally {
    tested = outer;
  }
}

/**
 * Refuses a nullable value whose member the text reads, or which is an operand, unless the same text tests for null.
 * @param text around the value
 * @throws InputError with the author's line
 */
export function refuseNull(value: Expression<unknown>, before: string, after: string, text: readonly string[]): void {
  if (!values.has(value) || tested.includes(value) || text.some((part) => TEST.test(part))) return;
  const use = AFTER.exec(after)?.[0] ?? BEFORE.exec(before)?.[0];
  if (use === undefined) return;
  const { hcl, owner } = codeOf(value);
  throw mistake(
    `got ${hcl}, which may be null, beside "${use.trim()}"; allowed: isSet(…)((value) => …), or HCL that tests for null`,
    owner,
  );
}

const TEST = /\bnull\b|\b(?:can|coalesce|coalescelist|try)\(/;

/** A member, an index, a spread, an operator that has no result for null. */
const AFTER = /^(?:\.|\[|\s*(?:[-+*/%?<>]|&&|\|\|))/;

/** The same in front of the value, and the collection of a `for`; `=>` is no operator. */
const BEFORE = /(?:[-+*/%!<]|&&|\|\||[<>]=|(?<!=)>|\bin\s)\s*$/;
