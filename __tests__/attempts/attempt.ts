/** The form of an attempt: a change that weakens a protection, and the rule that has to stop it. */

import type { GuardrailId } from "../../lib/common/guardrail-ids";
import type { Approval } from "../../lib/judgement/gate/context";
import type { Values } from "../lib/judgement/gate/applied";

export const CLASSES = [
  "files",
  "types and arguments",
  "approvals",
  "policies",
  "secrets",
  "keys and disks",
  "exceptions",
] as const;

export type Class = (typeof CLASSES)[number];

/**
 * A change of an existing resource: null before a creation, null after a deletion. The id is that of Checkov (`CKV_`),
 * Trivy (`AVD-`), Security Hub (`EC2.19`) or Prowler (`ec2_ami_public`); `types` for an attempt from the table of
 * types. It requires the approval `security` unless the row names another.
 */
export type ChangeRow = readonly [
  id: string,
  what: string,
  type: string,
  before: Values | null,
  after: Values | null,
  stop?: Stop,
];

/** The approval that the change requires, or `refused` if no approval permits it. */
export type Stop = Approval | "refused";

/** A resource as a module describes it, and the guardrail that refuses it at synth. */
export type SynthRow = readonly [id: string, what: string, guardrail: GuardrailId, type: string, values: Values];

/** The account of the attempts' root, and a foreign account. */
export const OWN = "333333333333";
export const FOREIGN = "999999999999";

/** A policy document in the provider's form. */
export function policy(...statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

export function allow(more: object): object {
  return { Effect: "Allow", ...more };
}
