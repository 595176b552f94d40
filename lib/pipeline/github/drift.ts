/** The drift report of a root: changes outside of Terraform, and changes that are not applied yet. */
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
   * `drift`: a change that the next apply reverts. `unapplied`: a change that the next apply makes for the first time.
   * `unmanaged`: access that no resource grants and no apply removes. A resource may have all three.
   */
  kind: z.enum(["drift", "unapplied", "unmanaged"]),
  /** Terraform's planned actions; none for unmanaged access. */
  actions: z.array(z.string()),
  /** Names of the arguments that differ; none if the whole resource differs. */
  attributes: z.array(z.string()),
});

/** Content of the file that `groundplan drift --report` writes. It contains no values of resources. */
export const DRIFT_REPORT = z.strictObject({
  format: z.literal(1),
  /** Folder of the root below the tree: `environments/shop/prod`. */
  root: z.string().regex(/^[a-z0-9-]+(\/[a-z0-9-]+)+$/),
  outcome: z.enum(["none", "drift", "unapplied", "both", "failed"]),
  changes: z.array(CHANGE),
  /** Reason of a failed plan, in one line. */
  error: z.string().optional(),
});

export type DriftReport = z.infer<typeof DRIFT_REPORT>;
type ReportedChange = z.infer<typeof CHANGE>;

/**
 * Judges drift as the gate does: attributes that AWS computes, that are in `ignore_changes`, or that the first refresh after an
 * apply fills in are not drift.
 * @param json output of `terraform show -json` for a plan
 */
export function driftReport(root: RootConfiguration, json: string): DriftReport {
  const plan = readPlan(root.path, json);
  const noticed = new Map(driftIn(plan, root).map((change) => [change.address, change]));
  const changes = [
    ...changesIn(plan, root).flatMap((change) => reportedChanges(change, noticed.get(change.address), plan)),
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

/** Each argument of a resource is listed once. */
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

/** @param message output of Terraform */
export function failedReport(root: string, message: string): DriftReport {
  const lines = message.split("\n").map((line) => line.replace(/^[\s│╷╵]+/, "").trim());
  const error =
    lines.find((line) => line.startsWith("Error: ")) ??
    lines.find((line) => line !== "") ??
    "Terraform printed no reason";
  return { format: 1, root, outcome: "failed", changes: [], error: redact(error) };
}

function reportedChanges(change: Change, drift: Change | undefined, plan: PlanJson): ReportedChange[] {
  const address = redact(change.address);
  const actions = actionsOf(change, plan);
  const isOwn = change.deposed === undefined;
  if (isOwn && drift?.action === "delete") return [{ address, kind: "drift", actions, attributes: [] }];
  const isWhole = !["update", "replace"].includes(change.action);
  if (isWhole) return [{ address, kind: "unapplied", actions, attributes: [] }];
  const drifted = drift?.changed ?? [];
  const waiting = change.changed.filter((name) => !isReverted(name, change.address, drifted, plan));
  return [
    ...(drifted.length > 0 ? [{ address, kind: "drift" as const, actions, attributes: [...drifted] }] : []),
    ...(waiting.length > 0 || drifted.length === 0
      ? [{ address, kind: "unapplied" as const, actions, attributes: waiting }]
      : []),
  ];
}

/** Whether the apply restores the argument's last applied value. An unknown value counts as restored. */
function isReverted(name: string, address: string, drifted: readonly string[], plan: PlanJson): boolean {
  if (!drifted.includes(name)) return false;
  const applied = plan.resource_drift.find((one) => one.address === address)?.change.before?.[name];
  const wanted = plan.resource_changes.find((one) => one.address === address && one.deposed === undefined);
  const after = wanted?.change.after?.[name];
  return after === undefined || isDeepStrictEqual(applied ?? null, after);
}

/** For a move or an import without other changes, Terraform has no action. */
function actionsOf({ action, address, deposed }: Change, plan: PlanJson): string[] {
  if (action === "move" || action === "import") return [action];
  return plan.resource_changes.find((one) => one.address === address && one.deposed === deposed)?.change.actions ?? [];
}

/** Unmanaged access counts as drift: it was created outside of Terraform. */
function outcomeOf(changes: readonly ReportedChange[]): DriftReport["outcome"] {
  const isUnapplied = changes.some(({ kind }) => kind === "unapplied");
  const isDrift = changes.some(({ kind }) => kind !== "unapplied");
  if (isUnapplied && isDrift) return "both";
  return isUnapplied ? "unapplied" : isDrift ? "drift" : "none";
}
