/** Attempts at the procedure itself: a plan of the root, with whatever is given beside it. */
import type { Decision } from "../../lib/judgement/gate";
import { applied } from "../environments/committed-tree";
import type { Planned, Values } from "../lib/judgement/gate/applied";

export const ROOT = "accounts/credentialmate-prod";

/** Words are those of the finding that stops it. */
export type ProcedureRow = readonly [id: string, what: string, decision: () => Decision, words: string];

/** The root as it stands. */
export const STANDING = applied(ROOT);

/** The root with one resource changed. */
export function changed(address: string, change: Partial<Planned>): Planned[] {
  return STANDING.map((one) => (one.address === address ? { ...one, actions: ["update"], ...change } : one));
}

export function valuesOf(address: string): Values {
  return STANDING.find((one) => one.address === address)?.before ?? {};
}

/** The table of locks of the root. */
export const LOCKS = "module.locks.aws_dynamodb_table.this";
