/** Whether a root is as its source says: what somebody changed outside of Terraform, and what waits for its apply. */
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { RootConfiguration } from "../../judgement/configuration";
import { type Change, changesIn } from "../../judgement/gate/change";
import { driftIn } from "../../judgement/gate/drift";
import { outputChanges } from "../../judgement/gate/outputs";
import { unmanagedAccess } from "../../judgement/gate/unmanaged";
import { accountOf } from "../../judgement/guardrails/account";
import { redact } from "../../judgement/redact";
import { type PlanJson, readPlan } from "../../terraform/plan-json";

const CHANGE = z.strictObject({
  /** Of a resource, or `output.<name>`. */
  address: z.string(),
  /**
   * `drift` is what the next apply sets back, `unapplied` what it does for the first time, `unmanaged` access that no
   * resource explains and no apply takes away. A resource may have all three.
   */
  kind: z.enum(["drift", "unapplied", "unmanaged"]),
  /** What Terraform is about to do, in its own words; nothing about unmanaged access. */
  actions: z.array(z.string()),
  /** Names of the arguments that are different; none where all of it is. */
  attributes: z.array(z.string()),
});

/** What `groundplan drift --report` writes. No value of a resource stands in it. */
export const DRIFT_REPORT = z.strictObject({
  format: z.literal(1),
  /** Folder of the root below the tree: `environments/shop/prod`. */
  root: z.string().regex(/^[a-z0-9-]+(\/[a-z0-9-]+)+$/),
  outcome: z.enum(["none", "drift", "unapplied", "both", "failed"]),
  changes: z.array(CHANGE),
  /** Why it could not be planned, in one line. */
  error: z.string().optional(),
});

export type DriftReport = z.infer<typeof DRIFT_REPORT>;
type ReportedChange = z.infer<typeof CHANGE>;

/**
 * The gate's judgement of drift: attributes that AWS computes, that `ignore_changes` leaves alone, and that the first
 * refresh after an apply fills in are none.
 * @param json what `terraform show -json` prints of a plan
 */
export function driftReport(root: RootConfiguration, json: string): DriftReport {
  const plan = readPlan(root.path, json);
  const noticed = new Map(driftIn(plan, root).map((change) => [change.address, change]));
  const changes = [
    ...changesIn(plan, root).flatMap((change) => told(change, noticed.get(change.address), plan)),
    ...outputChanges(plan).map(
      ({ name, action }): ReportedChange => ({
        address: `output.${name}`,
        kind: "unapplied",
        actions: [action],
        attributes: [],
      }),
    ),
    ...unmanaged(plan, root),
  ];
  return { format: 1, root: root.path, outcome: outcomeOf(changes), changes };
}

/** Once for each argument of a resource. */
function unmanaged(plan: PlanJson, root: RootConfiguration): ReportedChange[] {
  const byAddress = new Map<string, Set<string>>();
  for (const { address, argument } of unmanagedAccess(plan, root, accountOf(root))) {
    byAddress.set(address, new Set([...(byAddress.get(address) ?? []), argument]));
  }
  return [...byAddress].map(([address, attributes]) => ({
    address: redact(address),
    kind: "unmanaged",
    actions: [],
    attributes: [...attributes],
  }));
}

/** @param message what Terraform said */
export function failedReport(root: string, message: string): DriftReport {
  const lines = message.split("\n").map((line) => line.replace(/^[\s│╷╵]+/, "").trim());
  const error = lines.find((line) => line.startsWith("Error: ")) ?? lines.find((line) => line !== "") ?? "no reason";
  return { format: 1, root, outcome: "failed", changes: [], error: redact(error) };
}

function told(change: Change, drift: Change | undefined, plan: PlanJson): ReportedChange[] {
  const address = redact(change.address);
  const actions = actionsOf(change, plan);
  const isOwn = change.deposed === undefined;
  if (isOwn && drift?.action === "delete") return [{ address, kind: "drift", actions, attributes: [] }];
  const isWhole = !["update", "replace"].includes(change.action);
  if (isWhole) return [{ address, kind: "unapplied", actions, attributes: [] }];
  const drifted = drift?.changed ?? [];
  const waiting = change.changed.filter((name) => !isPutBack(name, change.address, drifted, plan));
  return [
    ...(drifted.length > 0 ? [{ address, kind: "drift" as const, actions, attributes: [...drifted] }] : []),
    ...(waiting.length > 0 || drifted.length === 0
      ? [{ address, kind: "unapplied" as const, actions, attributes: waiting }]
      : []),
  ];
}

/** Whether an apply makes the argument what the last one had made it. What only the apply will tell is believed to be. */
function isPutBack(name: string, address: string, drifted: readonly string[], plan: PlanJson): boolean {
  if (!drifted.includes(name)) return false;
  const applied = plan.resource_drift.find((one) => one.address === address)?.change.before?.[name];
  const wanted = plan.resource_changes.find((one) => one.address === address && one.deposed === undefined);
  const after = wanted?.change.after?.[name];
  return after === undefined || isDeepStrictEqual(applied ?? null, after);
}

/** Terraform has no action for a move or an import alone. */
function actionsOf({ action, address, deposed }: Change, plan: PlanJson): string[] {
  if (action === "move" || action === "import") return [action];
  return plan.resource_changes.find((one) => one.address === address && one.deposed === deposed)?.change.actions ?? [];
}

/** Unmanaged access was made outside of Terraform too. */
function outcomeOf(changes: readonly ReportedChange[]): DriftReport["outcome"] {
  const isUnapplied = changes.some(({ kind }) => kind === "unapplied");
  const isDrift = changes.some(({ kind }) => kind !== "unapplied");
  if (isUnapplied && isDrift) return "both";
  return isUnapplied ? "unapplied" : isDrift ? "drift" : "none";
}
