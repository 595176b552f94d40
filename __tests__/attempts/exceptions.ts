/** Attempts with invalid exceptions: expired ones, long ones, and exceptions for another guardrail or address. */

import type { Exception } from "../../lib/generator/root/exception";
import type { Decision } from "../../lib/judgement/gate";
import { NOON } from "../lib/judgement/gate/applied";
import { changed, gateOn, LOCKS, type ProcedureRow, ROOT, valuesOf } from "./procedure";

const EXCEPTION: Exception = {
  guardrail: "dynamodb-deletion-protected",
  address: LOCKS,
  reason: "The table moves to another account this week.",
  owner: "platform",
  approver: "security",
  ticket: "https://tickets.example/1",
  created: "2026-11-20",
  expires: "2026-12-05",
};

/** A plan that removes the table's protection, under an exception that does not permit it. */
function excused(more: Partial<Exception>): () => Decision {
  const after = { ...valuesOf(LOCKS), deletion_protection_enabled: false };
  return () =>
    gateOn(ROOT, changed(LOCKS, { after }), {
      approved: ["security", "data", "removal", "drift"],
      exceptions: [{ ...EXCEPTION, ...more }],
      now: NOON,
    });
}

const CASES: readonly (readonly [what: string, more: Partial<Exception>, words: string])[] = [
  ["under an exception that has expired", { expires: "2026-11-28" }, "dynamodb-deletion-protected"],
  ["under an exception for years", { expires: "2030-01-01" }, "expires"],
  ["under an exception that ends before it begins", { created: "2026-12-06" }, "expires"],
  ["under an exception that its owner approved", { approver: "platform" }, "approver"],
  ["under an exception that its owner approved in capitals", { approver: "@PLATFORM" }, "approver"],
  ["under an exception that its owner approved as a team", { approver: "acme/platform" }, "approver"],
  [
    "under an exception that its owner approved with an invisible character",
    { approver: "plat\u200bform" },
    "approver",
  ],
  ["under an exception that its owner approved in letters of two scripts", { approver: "pl\u0430tform" }, "approver"],
  ["under an exception that its owner approved by a link", { approver: "https://github.com/platform" }, "approver"],
  [
    "under an exception that its owner approved by another mailbox",
    { owner: "ada", approver: "ada+x@b.example" },
    "approver",
  ],
  ["under an exception that its owner approved by a mail link", { approver: "mailto:platform" }, "approver"],
  ["under an exception that an app approved", { approver: "dependabot[bot]" }, "approver"],
  ["under an exception that was created tomorrow", { created: "2026-11-30" }, "created"],
  ["under an exception on an invalid day", { expires: "2026-11-31" }, "expires"],
  [
    "under an exception for another resource",
    { address: "module.other.aws_dynamodb_table.this" },
    "dynamodb-deletion-protected",
  ],
  ["under an exception for every table", { address: "module.*.aws_dynamodb_table.*" }, "an address that is not in"],
  ["under an exception for the whole root", { address: ROOT }, "dynamodb-deletion-protected"],
  ["under an exception for another rule", { guardrail: "dynamodb-encrypted" }, "dynamodb-deletion-protected"],
  ["under an exception from the gate's own rows", { guardrail: "s3-versioned" }, "dynamodb-deletion-protected"],
];

export const EXCUSED: readonly ProcedureRow[] = CASES.map(([what, more, words]) => [
  "types",
  `let a table be deleted ${what}`,
  excused(more),
  words,
]);
