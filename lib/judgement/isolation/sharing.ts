/** Shares by an argument, and types of which nobody has judged whether they share. */
import type { ResourceInstance } from "../configuration";
import { isAbsent, itemsAt } from "../guardrails/values";
import { type HclValue, isUnknown } from "../hcl";
import { accountsIn, namesInside, type Sides } from "./accounts";
import { CONFINED_TYPES } from "./confined-types";
import { RECIPIENTS } from "./recipients";

export type TypeAndValues = Pick<ResourceInstance, "type" | "values">;

/** Whether a person has judged how resources of the type can be shared with other accounts. */
export function isJudgedShare(type: string): boolean {
  return type in RECIPIENTS || CONFINED_TYPES.has(type);
}

/** Values that stay in the account, are endpoints of AWS's own services, or addresses of people. */
const OWN = /^(private|log-delivery-write)$|\.amazonaws\.com$|^com\.amazonaws\.(?!vpce\.)|^[^\s/:@]+@[^\s/:@]+$/;

/** The recipients of a share that are not known to be of one account. */
export function openRecipients({ type, values }: TypeAndValues, sides: Sides): { path: string; recipient: HclValue }[] {
  const paths = RECIPIENTS[type] ?? [];
  return paths.flatMap((path) =>
    itemsAt(values, path)
      .filter((value) => !isAbsent(value) && isOpen(value, sides))
      .map((recipient) => ({ path, recipient })),
  );
}

function isOpen(value: HclValue, sides: Sides): boolean {
  if (isUnknown(value)) return value.references.length === 0;
  const text = String(value);
  return accountsIn(text).length === 0 && !namesInside(text, sides) && !OWN.test(text);
}
