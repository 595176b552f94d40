/** What a plan is about to do to one resource. */
import { isDeepStrictEqual } from "node:util";
import type { ResourceInstance, RootConfiguration } from "../configuration";
import { valuesAfter, valuesBefore } from "../configuration";
import { asObject } from "../configuration/json";
import { sourceOf } from "../configuration/plan";
import type { Mapping } from "../hcl";
import type { PlanJson, ResourceChange } from "../terraform";

export interface Change {
  readonly address: string;
  readonly type: string;
  readonly action: "create" | "update" | "replace" | "delete" | "forget";
  /** Undefined where the resource is new. Nothing in here is a value that Terraform hides. */
  readonly before: Mapping | undefined;
  /** Undefined where the resource will be gone. */
  readonly after: Mapping | undefined;
  /** Arguments that will be different. */
  readonly changed: readonly string[];
  /** Arguments that force a replacement. */
  readonly replacedFor: readonly string[];
}

/** Every managed resource that the plan touches, in the plan's order. */
export function changesIn(plan: PlanJson, root: RootConfiguration): Change[] {
  return plan.resource_changes
    .filter(({ mode }) => mode === "managed")
    .flatMap((change) => {
      const action = actionOf(change);
      return action === undefined ? [] : [{ action, ...describe(change, sourceOf(change, root)) }];
    });
}

/** What was changed or deleted without Terraform since the last apply. */
export function driftIn(plan: PlanJson, root: RootConfiguration): Change[] {
  return plan.resource_drift.map((change) => ({
    action: change.change.after === null ? "delete" : "update",
    ...describe(change, sourceOf(change, root)),
  }));
}

function describe(change: ResourceChange, source: ResourceInstance | undefined): Omit<Change, "action"> {
  return {
    address: change.address,
    type: change.type,
    before: valuesBefore(change),
    after: change.change.after === null ? undefined : valuesAfter(change, source),
    changed: changedArguments(change, source),
    replacedFor: change.change.replace_paths.map((path) => path.join(".")),
  };
}

/** An attribute that AWS computes anew is no argument; of one that is not known yet, only the source can tell. */
function changedArguments({ change }: ResourceChange, source: ResourceInstance | undefined): string[] {
  const { before, after } = change;
  const unknown = asObject(change.after_unknown);
  const isArgument = (name: string) => source === undefined || name in source.values;
  const isChanged = (name: string) =>
    unknown[name] === true ? isArgument(name) : !isDeepStrictEqual(before?.[name] ?? null, after?.[name] ?? null);
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {}), ...Object.keys(unknown)]);
  return [...names].filter(isChanged).sort();
}

function actionOf({ change: { actions } }: ResourceChange): Change["action"] | undefined {
  const [action] = actions;
  if (actions.length > 1) return "replace";
  return action === "no-op" || action === "read" ? undefined : action;
}
