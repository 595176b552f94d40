/** New resources that may be renamed deleted ones. */
import { isDeepStrictEqual } from "node:util";
import { type HclValue, isList, isMapping, type Mapping, Unknown } from "../hcl";
import type { Change } from "./change";

/** A hint at the `moved` block that keeps the resource; empty if no new resource matches. */
export function renameHint(change: Change, changes: readonly Change[]): string {
  const successor = changes.find((other) => couldBe(change, other));
  if (successor === undefined) return "";
  const [from, to] = moveOf(change.address, successor.address);
  return `; ${successor.address} is new with the same arguments: if it is the same resource, write a moved block from ${from} to ${to} (renamedFrom)`;
}

function couldBe({ action, type, before, deposed }: Change, other: Change): boolean {
  if (action !== "delete" || deposed !== undefined || before === undefined) return false;
  if (other.action !== "create" || other.type !== type || other.after === undefined) return false;
  return agrees(other.after, before);
}

/** Whether each known argument has the value of the other resource. */
function agrees(planned: Mapping, standing: Mapping): boolean {
  return Object.entries(planned).every(
    ([name, value]) => !isKnown(value) || isDeepStrictEqual(value, standing[name] ?? null),
  );
}

function isKnown(value: HclValue): boolean {
  if (value === null || value instanceof Unknown) return false;
  if (isList(value)) return value.every(isKnown);
  return !isMapping(value) || Object.values(value).every(isKnown);
}

/** The calls, if the addresses differ in them only. */
function moveOf(from: string, to: string): readonly [string, string] {
  const [own, other] = [from, to].map((address) => /^(module\.[^.[]+)\.(.+)$/.exec(address));
  if (own?.[1] === undefined || other?.[1] === undefined) return [from, to];
  return own[2] === other[2] && own[1] !== other[1] ? [own[1], other[1]] : [from, to];
}
