/** Uses of a nullable value in raw HCL on which Terraform fails. */
import { codeOf, type Expression } from "./code";
import { mistake } from "./source";

/**
 * Refuses a nullable value whose member the text reads, or which is an operand, unless the same text tests for null.
 * @param text around the value
 * @throws InputError with the author's line
 */
export function refuseNull(value: Expression<unknown>, before: string, after: string, text: readonly string[]): void {
  if (text.some((part) => TEST.test(part))) return;
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
