/** Drift: changes without Terraform that an apply reverts, or that a refresh-only plan accepts. */
import type { PlanJson, ResourceChange } from "../../terraform/plan-json";
import { ignores, type RootConfiguration, sourceOf, stateAsChanges } from "../configuration";
import { asObject } from "../configuration/json";
import { type HclValue, isList, isMapping } from "../hcl";
import { type Change, changesByAddress, describe } from "./change";
import { isSameButEmpty } from "./empty";

/**
 * A refresh-only plan updates the state to match the account, and changes no object. It lists no resource changes although
 * the state has resources, or had some before somebody deleted them.
 */
export function isRefreshOnly(plan: PlanJson): boolean {
  return plan.resource_changes.length === 0 && stateAsChanges(plan).length + noticedIn(plan).length > 0;
}

/** Changes without Terraform of managed resources. */
export function noticedIn(plan: PlanJson): ResourceChange[] {
  return plan.resource_drift.filter(({ mode, deposed }) => mode === "managed" && deposed === undefined);
}

/**
 * The drift that matters: attributes that the plan reverts, and objects that it creates again. Attributes that AWS computes,
 * that `ignore_changes` names, or that the first refresh after an apply adds are no drift. A refresh-only plan reverts
 * nothing; there, attributes that contradict the source are drift.
 */
export function driftIn(plan: PlanJson, root: RootConfiguration): Change[] {
  const changes = changesByAddress(plan, root);
  const isReverted = isRefreshOnly(plan) ? contradictsSource(root) : revertedBy(plan, changes, root);
  return noticedIn(plan).flatMap((noticed): Change[] => {
    const drift = describe(noticed, root);
    if (drift.after === undefined) {
      // For a source without resources, an ordinary plan has no changes either.
      const isCreatedAgain = isRefreshOnly(plan)
        ? root.of("*").length > 0
        : changes.get(drift.address)?.after !== undefined;
      return isCreatedAgain ? [{ ...drift, action: "delete" }] : [];
    }
    const changed = drift.changed.filter((name) => isReverted(noticed, name));
    return changed.length === 0 ? [] : [{ ...drift, action: "update", changed }];
  });
}

/** Whether the plan reverts the drift of an attribute. */
type IsReverted = (noticed: ResourceChange, name: string) => boolean;

function revertedBy(plan: PlanJson, changes: ReadonlyMap<string, Change>, root: RootConfiguration): IsReverted {
  const planned = new Map(
    plan.resource_changes.flatMap(({ address, deposed, change }) => (deposed === undefined ? [[address, change]] : [])),
  );
  return (noticed, name) => {
    const change = planned.get(noticed.address);
    if (!change?.after || !changes.get(noticed.address)?.changed.includes(name)) return false;
    const source = sourceOf(noticed, root)?.values;
    return isPartReverted(
      { applied: noticed.change.before?.[name], read: noticed.change.after?.[name], planned: change.after[name] },
      asObject(change.after_unknown)[name],
      source === undefined ? undefined : (source[name] ?? null),
    );
  };
}

/** An attribute, or a part of one: after the last apply, now, and after the next apply. */
interface Versions {
  readonly applied: unknown;
  readonly read: unknown;
  readonly planned: unknown;
}

/**
 * Whether the apply changes a part that was changed without Terraform. Other parts, such as a version that a server counts,
 * may change too.
 * @param source undefined if the source does not describe the resource
 */
function isPartReverted({ applied, read, planned }: Versions, unknown: unknown, source: HclValue | undefined): boolean {
  if (isSameButEmpty(applied, read)) return false;
  if (unknown === true) return source !== null;
  if (isSameButEmpty(read, planned)) return false;
  const shapes = new Set([applied, read, planned].map(shapeOf));
  if (shapes.size > 1 || shapes.has("single")) return true;
  const [then, now, next, open] = [asObject(applied), asObject(read), asObject(planned), asObject(unknown)];
  return Object.keys({ ...then, ...now, ...next, ...open }).some((name) =>
    isPartReverted(
      { applied: then[name], read: now[name], planned: next[name] },
      open[name],
      Array.isArray(read) ? itemOf(source, Number(name)) : memberOf(source, name),
    ),
  );
}

/** Only values of the same shape are compared part by part. */
function shapeOf(value: unknown): string {
  if (Array.isArray(value)) return `list of ${value.length}`;
  return typeof value === "object" && value !== null ? "map" : "single";
}

/** If the source does not describe a resource, each difference contradicts it. */
function contradictsSource(root: RootConfiguration): IsReverted {
  return (noticed, name) => {
    const source = sourceOf(noticed, root);
    const { before, after } = noticed.change;
    if (source === undefined) return !isSameButEmpty(before?.[name], after?.[name]);
    return !ignores(source, name) && differsWhereSet(source.values[name] ?? null, before?.[name], after?.[name]);
  };
}

/** Whether two values differ in a part that the source sets, or in the keys of a map. */
function differsWhereSet(source: HclValue, before: unknown, after: unknown): boolean {
  if (isSameButEmpty(before, after)) return false;
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return before.some((item, i) => differsWhereSet(itemOf(source, i) ?? null, item, after[i]));
  }
  if (!isMapping(source) || typeof before !== "object" || typeof after !== "object") return source !== null;
  const [then, now] = [asObject(before), asObject(after)];
  return [...new Set([...Object.keys(then), ...Object.keys(now)])].some(
    (name) => name in then !== name in now || differsWhereSet(source[name] ?? null, then[name], now[name]),
  );
}

/** The source may have a single block without a list. */
function itemOf(source: HclValue | undefined, i: number): HclValue | undefined {
  return source !== undefined && isList(source) ? (source[i] ?? null) : source;
}

function memberOf(source: HclValue | undefined, name: string): HclValue | undefined {
  return source !== undefined && isMapping(source) ? (source[name] ?? null) : source;
}
