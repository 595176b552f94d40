/** Drift: what somebody changed without Terraform, and an apply would undo or a refresh-only plan accept. */
import type { PlanJson, ResourceChange } from "../../terraform/plan-json";
import { ignores, type RootConfiguration, sourceOf, stateAsChanges } from "../configuration";
import { asObject } from "../configuration/json";
import { isList, isMapping, type Value } from "../hcl";
import { type Change, changesByAddress, describe } from "./change";
import { isSameButEmpty } from "./empty";

/**
 * A refresh-only plan takes what stands into the state, and changes no object. Terraform writes no changes of resources
 * into it, although the state has some, or had some before somebody deleted them.
 */
export function isRefreshOnly(plan: PlanJson): boolean {
  return plan.resource_changes.length === 0 && stateAsChanges(plan).length + noticedIn(plan).length > 0;
}

/** Changes without Terraform of managed resources. */
export function noticedIn(plan: PlanJson): ResourceChange[] {
  return plan.resource_drift.filter(({ mode, deposed }) => mode === "managed" && deposed === undefined);
}

/**
 * Of everything that Terraform noticed, the part that matters: attributes that the plan sets back, and objects that it
 * makes again. Attributes that AWS computes, that `ignore_changes` leaves alone, or that the first refresh after an apply
 * fills in are none. In a refresh-only plan, which sets nothing back, it is what the source says otherwise.
 */
export function driftIn(plan: PlanJson, root: RootConfiguration): Change[] {
  const changes = changesByAddress(plan, root);
  const isSetBack = isRefreshOnly(plan) ? contradictsSource(root) : undoneBy(plan, changes, root);
  return noticedIn(plan).flatMap((noticed): Change[] => {
    const source = sourceOf(noticed, root);
    const drift = describe(noticed, source);
    if (drift.after === undefined) {
      // Where the source has nothing any more, an ordinary plan has no changes either.
      const isMadeAgain = isRefreshOnly(plan)
        ? root.of("*").length > 0
        : changes.get(drift.address)?.after !== undefined;
      return isMadeAgain ? [{ ...drift, action: "delete" }] : [];
    }
    const changed = drift.changed.filter((name) => isSetBack(noticed, name));
    return changed.length === 0 ? [] : [{ ...drift, action: "update", changed }];
  });
}

/** Whether a noticed difference of an attribute is set back. */
type IsSetBack = (noticed: ResourceChange, name: string) => boolean;

function undoneBy(plan: PlanJson, changes: ReadonlyMap<string, Change>, root: RootConfiguration): IsSetBack {
  const planned = new Map(
    plan.resource_changes.flatMap(({ address, deposed, change }) => (deposed === undefined ? [[address, change]] : [])),
  );
  return (noticed, name) => {
    const change = planned.get(noticed.address);
    if (!change?.after || !changes.get(noticed.address)?.changed.includes(name)) return false;
    const source = sourceOf(noticed, root)?.values;
    return isUndone(
      { applied: noticed.change.before?.[name], read: noticed.change.after?.[name], planned: change.after[name] },
      asObject(change.after_unknown)[name],
      source === undefined ? undefined : (source[name] ?? null),
    );
  };
}

/** An attribute, or a part of one, after the last apply, as Terraform read it, and after the next apply. */
interface Versions {
  readonly applied: unknown;
  readonly read: unknown;
  readonly planned: unknown;
}

/**
 * Whether an apply changes a part that was changed by hand. A server counts versions beside arguments that a plan changes.
 * @param source undefined where nothing describes the resource
 */
function isUndone({ applied, read, planned }: Versions, unknown: unknown, source: Value | undefined): boolean {
  if (isSameButEmpty(applied, read)) return false;
  if (unknown === true) return source !== null;
  if (isSameButEmpty(read, planned)) return false;
  const shapes = new Set([applied, read, planned].map(shapeOf));
  if (shapes.size > 1 || shapes.has("single")) return true;
  const [then, now, next, open] = [asObject(applied), asObject(read), asObject(planned), asObject(unknown)];
  return Object.keys({ ...then, ...now, ...next, ...open }).some((name) =>
    isUndone(
      { applied: then[name], read: now[name], planned: next[name] },
      open[name],
      Array.isArray(read) ? itemOf(source, Number(name)) : memberOf(source, name),
    ),
  );
}

/** Values of the same shape have parts that can be compared. */
function shapeOf(value: unknown): string {
  if (Array.isArray(value)) return `list of ${value.length}`;
  return typeof value === "object" && value !== null ? "map" : "single";
}

/** Of a resource that the source does not describe, every difference counts. */
function contradictsSource(root: RootConfiguration): IsSetBack {
  return (noticed, name) => {
    const source = sourceOf(noticed, root);
    const { before, after } = noticed.change;
    if (source === undefined) return !isSameButEmpty(before?.[name], after?.[name]);
    return !ignores(source, name) && isSaid(source.values[name] ?? null, before?.[name], after?.[name]);
  };
}

/** Whether two values differ in a part that the source sets, or in what keys a map has. */
function isSaid(source: Value, before: unknown, after: unknown): boolean {
  if (isSameButEmpty(before, after)) return false;
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return before.some((item, i) => isSaid(itemOf(source, i) ?? null, item, after[i]));
  }
  if (!isMapping(source) || typeof before !== "object" || typeof after !== "object") return source !== null;
  const [then, now] = [asObject(before), asObject(after)];
  return [...new Set([...Object.keys(then), ...Object.keys(now)])].some(
    (name) => name in then !== name in now || isSaid(source[name] ?? null, then[name], now[name]),
  );
}

/** A single block may stand in the source without a list around it. */
function itemOf(source: Value | undefined, i: number): Value | undefined {
  return source !== undefined && isList(source) ? (source[i] ?? null) : source;
}

function memberOf(source: Value | undefined, name: string): Value | undefined {
  return source !== undefined && isMapping(source) ? (source[name] ?? null) : source;
}
