/** Whether a root is as its source says: what somebody changed outside of Terraform, and what waits for its apply. */
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { RootConfiguration } from "../configuration";
import { type Change, changesIn, driftIn } from "../gate/change";
import { redact } from "../gate/redact";
import { type PlanJson, readPlan } from "../terraform";

const CHANGE = z.strictObject({
  /** Of a resource, or `output.<name>`. */
  address: z.string(),
  /** What a next apply puts back, or what it does for the first time. A resource may have both. */
  kind: z.enum(["drift", "unapplied"]),
  /** What Terraform is about to do, in its own words. */
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
 * Only what an apply would change counts: what AWS computes anew, what `ignore_changes` leaves alone, and data that is
 * read again are no drift, though Terraform notices them.
 * @param json what `terraform show -json` prints of a plan
 */
export function driftReport(root: RootConfiguration, json: string): DriftReport {
  const plan = readPlan(root.path, json);
  const noticed = new Map(driftIn(plan, root).map((change) => [change.address, change]));
  const changes = [
    ...changesIn(plan, root).flatMap((change) => told(change, noticed.get(change.address), plan)),
    ...outputs(json),
  ];
  return { format: 1, root: root.path, outcome: outcomeOf(changes), changes };
}

/** @param message what Terraform said */
export function failedReport(root: string, message: string): DriftReport {
  const lines = message.split("\n").map((line) => line.replace(/^[\s│╷╵]+/, "").trim());
  const error = lines.find((line) => line.startsWith("Error: ")) ?? lines.find((line) => line !== "") ?? "no reason";
  return { format: 1, root, outcome: "failed", changes: [], error: redact(error) };
}

function told(change: Change, drift: Change | undefined, plan: PlanJson): ReportedChange[] {
  const address = redact(change.address);
  const actions = actionsAt(change.address, plan);
  if (drift?.action === "delete") return [{ address, kind: "drift", actions, attributes: [] }];
  const isWhole = !["update", "replace"].includes(change.action);
  if (isWhole) return [{ address, kind: "unapplied", actions, attributes: [] }];
  const drifted = change.changed.filter((name) => drift?.changed.includes(name));
  const waiting = change.changed.filter((name) => !isPutBack(name, change.address, drifted, plan));
  return [
    ...(drifted.length > 0 ? [{ address, kind: "drift" as const, actions, attributes: drifted }] : []),
    ...(waiting.length > 0 || drifted.length === 0
      ? [{ address, kind: "unapplied" as const, actions, attributes: waiting }]
      : []),
  ];
}

/** Whether an apply makes the argument what the last one had made it. What only the apply will tell is believed to be. */
function isPutBack(name: string, address: string, drifted: readonly string[], plan: PlanJson): boolean {
  if (!drifted.includes(name)) return false;
  const applied = plan.resource_drift.find((one) => one.address === address)?.change.before?.[name];
  const wanted = plan.resource_changes.find((one) => one.address === address)?.change.after?.[name];
  return wanted === undefined || isDeepStrictEqual(applied ?? null, wanted);
}

function actionsAt(address: string, plan: PlanJson): string[] {
  return plan.resource_changes.find((change) => change.address === address)?.change.actions ?? [];
}

const OUTPUTS = z.object({
  output_changes: z.record(z.string(), z.object({ actions: z.array(z.string()) })).default({}),
});

function outputs(json: string): ReportedChange[] {
  return Object.entries(OUTPUTS.parse(JSON.parse(json)).output_changes)
    .filter(([, { actions }]) => !actions.includes("no-op"))
    .map(([name, { actions }]) => ({ address: `output.${name}`, kind: "unapplied", actions, attributes: [] }));
}

function outcomeOf(changes: readonly ReportedChange[]): DriftReport["outcome"] {
  const kinds = new Set(changes.map(({ kind }) => kind));
  if (kinds.size === 2) return "both";
  return [...kinds][0] ?? "none";
}
