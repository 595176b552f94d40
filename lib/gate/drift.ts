/** Drift: what somebody changed without Terraform, and an apply would undo or a refresh-only plan accept. */
import { isDeepStrictEqual } from "node:util";
import { ignores, type RootConfiguration, sourceOf, stateAsChanges } from "../configuration";
import { asObject } from "../configuration/json";
import { isList, isMapping, type Value } from "../hcl";
import type { PlanJson, ResourceChange } from "../terraform";
import { type Change, changesIn, describe } from "./change";
import { withoutEmpty } from "./empty";

/**
 * A refresh-only plan takes what stands into the state, and changes no object. Terraform writes no changes of resources
 * into it, although the state has some.
 */
export function isRefreshOnly(plan: PlanJson): boolean {
  return plan.resource_changes.length === 0 && stateAsChanges(plan).length > 0;
}

/**
 * Of everything that Terraform noticed, the part that matters: attributes that the plan sets back, and objects that it
 * makes again. Attributes that AWS computes, that `ignore_changes` leaves alone, or that the first refresh after an apply
 * fills in are none. In a refresh-only plan, which sets nothing back, it is what the source says otherwise.
 */
export function driftIn(plan: PlanJson, root: RootConfiguration): Change[] {
  const changes = new Map(
    changesIn(plan, root).flatMap((change) => (change.deposed === undefined ? [[change.address, change]] : [])),
  );
  const isSetBack = isRefreshOnly(plan) ? contradictsSource(root) : undoneBy(changes);
  return plan.resource_drift
    .filter(({ mode, deposed }) => mode === "managed" && deposed === undefined)
    .flatMap((noticed): Change[] => {
      const drift = describe(noticed, sourceOf(noticed, root));
      if (drift.after === undefined) {
        const isMadeAgain = isRefreshOnly(plan) || changes.get(drift.address)?.after !== undefined;
        return isMadeAgain ? [{ ...drift, action: "delete" }] : [];
      }
      const changed = drift.changed.filter((name) => differs(noticed, name) && isSetBack(noticed, name));
      return changed.length === 0 ? [] : [{ ...drift, action: "update", changed }];
    });
}

/** Whether a noticed difference of an attribute is set back. */
type IsSetBack = (noticed: ResourceChange, name: string) => boolean;

function undoneBy(changes: ReadonlyMap<string, Change>): IsSetBack {
  return ({ address }, name) => {
    const change = changes.get(address);
    return change?.after !== undefined && change.changed.includes(name);
  };
}

/** Null that became empty, or the other way round, is no difference. */
function differs({ change: { before, after } }: ResourceChange, name: string): boolean {
  return !isDeepStrictEqual(withoutEmpty(before?.[name]), withoutEmpty(after?.[name]));
}

/** Of a resource that the source does not describe, every difference counts. */
function contradictsSource(root: RootConfiguration): IsSetBack {
  return (noticed, name) => {
    const source = sourceOf(noticed, root);
    if (source === undefined) return true;
    const { before, after } = noticed.change;
    return !ignores(source, name) && isSaid(source.values[name] ?? null, before?.[name], after?.[name]);
  };
}

/** Whether two values differ in a part that the source sets, or in what keys a map has. */
function isSaid(source: Value, before: unknown, after: unknown): boolean {
  if (isDeepStrictEqual(withoutEmpty(before), withoutEmpty(after))) return false;
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return before.some((item, i) => isSaid(itemOf(source, i), item, after[i]));
  }
  if (!isMapping(source) || typeof before !== "object" || typeof after !== "object") return source !== null;
  const [then, now] = [asObject(before), asObject(after)];
  return [...new Set([...Object.keys(then), ...Object.keys(now)])].some(
    (name) => name in then !== name in now || isSaid(source[name] ?? null, then[name], now[name]),
  );
}

/** A single block may stand in the source without a list around it. */
function itemOf(source: Value, i: number): Value {
  return isList(source) ? (source[i] ?? null) : source;
}
