/** A decision as programs read it. */
import { z } from "zod";
import { redact } from "../redact";
import { ACTIONS } from "./change";
import { APPROVALS } from "./context";
import type { Decision } from "./index";
import { inWords } from "./sentence";

/** A rule that is not kept: its id, where, and what was got there. */
const FINDING = z.strictObject({ guardrail: z.string(), address: z.string(), got: z.string() });

/**
 * What `groundplan gate --json` prints. Members may be added under the same `format`; none is renamed, removed, or given
 * another meaning. A value of the plan stands in here only where a finding quotes it, and never one that is a secret.
 */
export const DECISION_JSON = z.strictObject({
  format: z.literal(1),
  /** Folder of the root below the tree: `environments/shop/prod`. */
  root: z.string(),
  decision: z.enum(["pass", "approval needed", "refused"]),
  /** What no approval makes right; rules about exceptions have the guardrail `exceptions`. */
  refused: z.array(FINDING),
  /** What an approval makes right, whether it was given or not. */
  toApprove: z.array(FINDING.extend({ approval: z.enum(APPROVALS) })),
  /** Approvals that are needed and were not given. */
  missing: z.array(z.enum(APPROVALS)),
  /** Broken rules that an exception permits, and until when. */
  excused: z.array(FINDING.extend({ expires: z.string() })),
  changes: z.array(
    z.strictObject({
      address: z.string(),
      action: z.enum(ACTIONS),
      /** Names of the arguments that will be different. */
      changed: z.array(z.string()),
      /** Those of them that force a replacement. */
      replacedFor: z.array(z.string()),
      /** The address that a `moved` block gives up. */
      previousAddress: z.string().optional(),
      /** Id of the existing object that an `import` block takes over. */
      importId: z.string().optional(),
      /** Key of the deposed object that is destroyed. */
      deposed: z.string().optional(),
      /** Terraform's reason, in words. */
      reason: z.string().optional(),
    }),
  ),
  /** Outputs of the root that get another value. */
  outputs: z.array(z.strictObject({ name: z.string(), action: z.enum(["create", "update", "delete"]) })),
  /** What was changed without Terraform; the apply sets it back, a refresh-only plan accepts it. */
  drift: z.array(
    z.strictObject({ address: z.string(), action: z.enum(["update", "delete"]), changed: z.array(z.string()) }),
  ),
  /** Access that stands in the account and that no resource of the root explains. */
  unmanagedAccess: z.array(z.strictObject({ address: z.string(), argument: z.string(), gives: z.string() })),
  /** Checks that did not pass. */
  checks: z.array(
    z.strictObject({ address: z.string(), status: z.enum(["failed", "unknown"]), problems: z.array(z.string()) }),
  ),
  /** Types that only the project has judged, with how many resources of each the plan touches. */
  judgedByProject: z.record(z.string(), z.number()),
  /** Whether the plan takes what stands into the state and changes nothing else. */
  refreshOnly: z.boolean(),
  /** Permissions and network paths that somebody gets or loses, one sentence each. */
  access: z.array(z.string()),
  /** What the apply sets in motion or puts off without the plan saying so. */
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
