/** The change of one resource in a plan. */
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
import { isMapping, type Mapping } from "../hcl";
import { REASONS } from "./reasons";

/** `import` adopts an existing object and may change it too; `move` changes the address only. */
export const ACTIONS = ["create", "import", "update", "move", "replace", "delete", "forget"] as const;

export interface Change {
  readonly address: string;
  readonly type: string;
  readonly action: (typeof ACTIONS)[number];
  /** Undefined for a created resource, and for an imported one that is not replaced. Sensitive values are `SENSITIVE`. */
  readonly before: Mapping | undefined;
  /** Undefined if the resource is removed. */
  readonly after: Mapping | undefined;
  /** Arguments that change. */
  readonly changed: readonly string[];
  /** Arguments that force a replacement. */
  readonly replacedFor: readonly string[];
  /** The address from which a `moved` block moves the resource. */
  readonly previousAddress?: string;
  /** Id of the object that an `import` block adopts. */
  readonly importId?: string;
  /** Key of the deposed object that is destroyed: its replacement was created, but its own destruction failed. */
  readonly deposed?: string;
  /** Terraform's reason for the action, in words. */
  readonly reason?: string;
}

/** Whether Terraform no longer manages the object, which is deleted or forgotten. */
export function isRemoved({ action }: Pick<Change, "action">): boolean {
  return action === "delete" || action === "replace" || action === "forget";
}

/** The action as an adjective: `new`, `replaced`. */
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
 * Changes of managed resources, in the order of the plan. A refresh-only plan lists moves as drift.
 */
export function changesIn(plan: PlanJson, root: RootConfiguration): Change[] {
  const isRefreshOnly = plan.resource_changes.length === 0;
  return (isRefreshOnly ? plan.resource_drift.map(withoutDrift) : plan.resource_changes)
    .filter(({ mode }) => mode === "managed")
    .flatMap((change) => {
      const action = actionOf(change);
      return action === undefined ? [] : [{ action, ...describe(change, root) }];
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

/** A change or the drift of a resource, without its action. */
export function describe(change: ResourceChange, root: RootConfiguration): Omit<Change, "action"> {
  const source = sourceOf(change, root);
  const { address, type, previous_address: previousAddress, deposed, action_reason: reason } = change;
  const { actions, importing, after, replace_paths: paths } = change.change;
  return {
    address,
    type,
    before: importing === undefined || actions.length > 1 ? valuesBefore(change) : undefined,
    after: after === null ? undefined : valuesAfter(change, source),
    changed: changedArguments(change, source).filter((name) => !(name === "region" && isFilledInRegion(change, root))),
    replacedFor: paths.map((path) => path.join(".")),
    ...(previousAddress !== undefined && { previousAddress }),
    ...(importing !== undefined && { importId: importing.id ?? "an id that is not known yet" }),
    ...(deposed !== undefined && { deposed }),
    ...(reason !== undefined && { reason: REASONS[reason] ?? reason }),
  };
}

/** Skips attributes that AWS computes. For an unknown value, the source tells whether it is an argument. */
function changedArguments({ change }: ResourceChange, source: ResourceInstance | undefined): string[] {
  const { before, after } = change;
  const unknown = asObject(change.after_unknown);
  const isArgument = (name: string) => source === undefined || sets(source, name);
  const isChanged = (name: string) =>
    unknown[name] === true ? isArgument(name) : !isDeepStrictEqual(before?.[name] ?? null, after?.[name] ?? null);
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {}), ...Object.keys(unknown)]);
  return [...names].filter(isChanged).sort();
}

/**
 * Version 6 of the AWS provider adds the region of its configuration to each resource in the state.
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/enhanced-region-support
 */
function isFilledInRegion({ change }: ResourceChange, { providers }: RootConfiguration): boolean {
  const [before, after] = [change.before?.region ?? null, change.after?.region ?? null];
  const configured = (providers.aws ?? []).map((provider) => (isMapping(provider) ? provider.region : undefined));
  return before === null && change.actions.length === 1 && configured.some((region) => region === after);
}

function actionOf({ change, previous_address: previousAddress }: ResourceChange): Change["action"] | undefined {
  const [action] = change.actions;
  if (change.actions.length > 1) return "replace";
  if (change.importing !== undefined) return "import";
  if (action === "no-op" || action === "read") return previousAddress === undefined ? undefined : "move";
  return action;
}
