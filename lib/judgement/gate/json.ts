/** A decision as JSON for programs. */
import { z } from "zod";
import { redact } from "../redact";
import { ACTIONS } from "./change";
import { APPROVALS } from "./context";
import type { Decision } from "./index";
import { inWords } from "./sentence";

/** A broken rule: its id, the address, and the value or action there. */
const FINDING = z.strictObject({ guardrail: z.string(), address: z.string(), got: z.string() });

/**
 * Output of `groundplan gate --json`. Within a `format`, members may be added; none is renamed, removed, or given another
 * meaning. It contains values of the plan only in findings that quote them, and no secrets.
 */
export const DECISION_JSON = z.strictObject({
  format: z.literal(1),
  /** Folder of the root below the tree: `environments/shop/prod`. */
  root: z.string(),
  decision: z.enum(["pass", "approval needed", "refused"]),
  /** Findings that no approval can resolve; problems of exceptions have the guardrail `exceptions`. */
  refused: z.array(FINDING),
  /** Findings that an approval resolves, given or not. */
  toApprove: z.array(FINDING.extend({ approval: z.enum(APPROVALS) })),
  /** Approvals that are missing. */
  missing: z.array(z.enum(APPROVALS)),
  /** Broken rules that an exception permits, with its expiry date. */
  excused: z.array(FINDING.extend({ expires: z.string() })),
  changes: z.array(
    z.strictObject({
      address: z.string(),
      action: z.enum(ACTIONS),
      /** Names of the arguments that change. */
      changed: z.array(z.string()),
      /** Names of the arguments that force a replacement. */
      replacedFor: z.array(z.string()),
      /** The address from which a `moved` block moves the resource. */
      previousAddress: z.string().optional(),
      /** Id of the object that an `import` block adopts. */
      importId: z.string().optional(),
      /** Key of the deposed object that is destroyed. */
      deposed: z.string().optional(),
      /** Terraform's reason, in words. */
      reason: z.string().optional(),
    }),
  ),
  /** Outputs of the root that change. */
  outputs: z.array(z.strictObject({ name: z.string(), action: z.enum(["create", "update", "delete"]) })),
  /** Changes without Terraform that the apply reverts, or that a refresh-only plan accepts. */
  drift: z.array(
    z.strictObject({ address: z.string(), action: z.enum(["update", "delete"]), changed: z.array(z.string()) }),
  ),
  /** Access in the account that no resource of the root explains. */
  unmanagedAccess: z.array(z.strictObject({ address: z.string(), argument: z.string(), gives: z.string() })),
  /** Checks that did not pass. */
  checks: z.array(
    z.strictObject({ address: z.string(), status: z.enum(["failed", "unknown"]), problems: z.array(z.string()) }),
  ),
  /** Types that only the project has judged, each with the number of changed resources. */
  judgedByProject: z.record(z.string(), z.number()),
  /** Whether the plan only updates the state to match the account. */
  refreshOnly: z.boolean(),
  /** Permissions and network paths that somebody gets or loses, one sentence each. */
  access: z.array(z.string()),
  /** Effects of the apply that the plan does not show. */
  effects: z.array(z.strictObject({ address: z.string(), effect: z.string() })),
});

export type DecisionJson = z.infer<typeof DECISION_JSON>;

export function json(decision: Decision): string {
  const redacted = (_key: string, value: unknown) => (typeof value === "string" ? redact(value) : value);
  return `${JSON.stringify(machineForm(decision), redacted, 2)}\n`;
}

function machineForm({ guardrails, ...decision }: Decision): DecisionJson {
  return {
    format: 1,
    root: decision.root,
    decision: decision.decision,
    refused: [
      ...[...decision.refused, ...guardrails.broken, ...guardrails.unknown].map(finding),
      ...guardrails.problems.map((got) => ({ guardrail: "exceptions", address: decision.root, got })),
    ],
    toApprove: decision.toApprove.flatMap(({ approval, ...judgement }) =>
      approval === undefined ? [] : [{ ...finding(judgement), approval }],
    ),
    missing: [...decision.missing],
    excused: guardrails.excused.map((one) => ({ ...finding(one), expires: one.exception?.expires ?? "" })),
    changes: decision.changes.map(({ type: _, before: __, after: ___, ...change }) => ({
      ...change,
      changed: [...change.changed],
      replacedFor: [...change.replacedFor],
    })),
    outputs: [...decision.outputs],
    drift: decision.drift.map(({ address, after, changed }) => ({
      address,
      action: after === undefined ? "delete" : "update",
      changed: [...changed],
    })),
    unmanagedAccess: [...decision.unmanaged],
    checks: decision.checks.map((check) => ({ ...check, problems: [...check.problems] })),
    judgedByProject: Object.fromEntries(decision.judgedByProject),
    refreshOnly: decision.isRefreshOnly,
    access: decision.access.map((sentence) => inWords(sentence)),
    effects: decision.effects.map(({ address, effect }) => ({ address, effect })),
  };
}

interface Judged {
  readonly guardrail: { readonly id: string };
  readonly address: string;
  readonly got: string;
}

function finding({ guardrail, address, got }: Judged): z.infer<typeof FINDING> {
  return { guardrail: guardrail.id, address, got };
}
