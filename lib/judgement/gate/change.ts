/** What a plan does to one resource. */
import { isDeepStrictEqual } from "node:util";
import type { PlanJson, ResourceChange } from "../../terraform/plan-json";
import {
  type ResourceInstance,
  type RootConfiguration,
  sets,
  sourceOf,
  valuesAfter,
  valuesBefore,
} from "../configuration";
import { asObject } from "../configuration/json";
import type { Mapping } from "../hcl";
import { REASONS } from "./reasons";

/** `import` takes over an existing object, whatever else it changes about it; `move` changes nothing but the address. */
export const ACTIONS = ["create", "import", "update", "move", "replace", "delete", "forget"] as const;

export interface Change {
  readonly address: string;
  readonly type: string;
  readonly action: (typeof ACTIONS)[number];
  /** Undefined for a created resource, and for an imported one that is not replaced. Nothing in here is a value that Terraform hides. */
  readonly before: Mapping | undefined;
  /** Undefined where the resource will be gone. */
  readonly after: Mapping | undefined;
  /** Arguments that will be different. */
  readonly changed: readonly string[];
  /** Arguments that force a replacement. */
  readonly replacedFor: readonly string[];
  /** The address that a `moved` block gives up. */
  readonly previousAddress?: string;
  /** Id of the existing object that an `import` block takes over. */
  readonly importId?: string;
  /** Key of the deposed object that is destroyed: one whose replacement was made, and whose own end failed. */
  readonly deposed?: string;
  /** Terraform's reason for the action, in words. */
  readonly reason?: string;
}

/** Whether Terraform looks after the object no more, be it gone or not. */
export function isRemoved({ action }: Pick<Change, "action">): boolean {
  return action === "delete" || action === "replace" || action === "forget";
}

/** What happens to the resource, in one word that can stand before it: `new`, `replaced`. */
export function pastOf({ action, deposed }: Pick<Change, "action" | "deposed">): string {
  return deposed === undefined ? PAST[action] : `deposed and ${PAST[action]}`;
}

const PAST = {
  create: "new",
  import: "imported",
  update: "changed",
  move: "moved",
  replace: "replaced",
  delete: "deleted",
  forget: "forgotten",
} as const;

/**
 * Every managed resource that the plan touches, in the plan's order. A refresh-only plan has its moves among what Terraform
 * noticed.
 */
export function changesIn(plan: PlanJson, root: RootConfiguration): Change[] {
  const isRefreshOnly = plan.resource_changes.length === 0;
  return (isRefreshOnly ? plan.resource_drift.map(withoutDrift) : plan.resource_changes)
    .filter(({ mode }) => mode === "managed")
    .flatMap((change) => {
      const action = actionOf(change);
      return action === undefined ? [] : [{ action, ...describe(change, sourceOf(change, root)) }];
    });
}

/** The changes of objects that are not deposed, by address. */
export function changesByAddress(plan: PlanJson, root: RootConfiguration): ReadonlyMap<string, Change> {
  const current = changesIn(plan, root).filter(({ deposed }) => deposed === undefined);
  return new Map(current.map((change) => [change.address, change]));
}

function withoutDrift({ change, ...noticed }: ResourceChange): ResourceChange {
  return { ...noticed, change: { ...change, actions: ["no-op"], before: change.after } };
}

/** What the plan says of a resource, or of the drift of one. */
export function describe(change: ResourceChange, source: ResourceInstance | undefined): Omit<Change, "action"> {
  const { address, type, previous_address: previousAddress, deposed, action_reason: reason } = change;
  const { actions, importing, after, replace_paths: paths } = change.change;
  return {
    address,
    type,
    before: importing === undefined || actions.length > 1 ? valuesBefore(change) : undefined,
    after: after === null ? undefined : valuesAfter(change, source),
    changed: changedArguments(change, source),
    replacedFor: paths.map((path) => path.join(".")),
    ...(previousAddress !== undefined && { previousAddress }),
    ...(importing !== undefined && { importId: importing.id ?? "an id that is not known yet" }),
    ...(deposed !== undefined && { deposed }),
    ...(reason !== undefined && { reason: REASONS[reason] ?? reason }),
  };
}

/** Skips attributes that AWS computes. For a value that is not known yet, the source tells whether it is an argument. */
function changedArguments({ change }: ResourceChange, source: ResourceInstance | undefined): string[] {
  const { before, after } = change;
  const unknown = asObject(change.after_unknown);
  const isArgument = (name: string) => source === undefined || sets(source, name);
  const isChanged = (name: string) =>
    unknown[name] === true ? isArgument(name) : !isDeepStrictEqual(before?.[name] ?? null, after?.[name] ?? null);
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {}), ...Object.keys(unknown)]);
  return [...names].filter(isChanged).sort();
}

function actionOf({ change, previous_address: previousAddress }: ResourceChange): Change["action"] | undefined {
  const [action] = change.actions;
  if (change.actions.length > 1) return "replace";
  if (change.importing !== undefined) return "import";
  if (action === "no-op" || action === "read") return previousAddress === undefined ? undefined : "move";
  return action;
}
