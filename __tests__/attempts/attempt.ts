/** The form of an attempt: a change that weakens something, and what has to stop it. */

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
 * A change of a resource that stands: null before where it is new, null after where it is deleted. The id is that of
 * Checkov (`CKV_`), Trivy (`AVD-`), Security Hub (`EC2.19`) or Prowler (`ec2_ami_public`); `types` where the attempt comes
 * from the table of types. It is stopped by an approval of `security` unless the row says otherwise.
 */
export type ChangeRow = readonly [
  id: string,
  what: string,
  type: string,
  before: Values | null,
  after: Values | null,
  stop?: Stop,
];

/** Whose approval stops the change, or that no approval makes it right. */
export type Stop = Approval | "refused";

/** A resource as a module describes it, and the guardrail that refuses it at synth. */
export type SynthRow = readonly [id: string, what: string, guardrail: GuardrailId, type: string, values: Values];

/** Account of the root that the attempts are made in, and somebody else's. */
export const OWN = "333333333333";
export const FOREIGN = "999999999999";

/** A policy document as the provider has it. */
export function policy(...statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

export function allow(more: object): object {
  return { Effect: "Allow", ...more };
}
