/** Finds the new resource that a deleted one may have been renamed to. */
import { isDeepStrictEqual } from "node:util";
import { isList, isMapping, type Mapping, Unknown, type Value } from "../hcl";
import type { Change } from "./change";

/** The `moved` block that keeps the resource, for a message; empty where nothing new looks like it. */
export function renameHint(change: Change, changes: readonly Change[]): string {
  const successor = changes.find((other) => couldBe(change, other));
  if (successor === undefined) return "";
  const [from, to] = moveOf(change.address, successor.address);
  return `; ${successor.address} is new with the same arguments: if it is the same resource, write a moved block from ${from} to ${to}`;
}

function couldBe({ action, type, before, deposed }: Change, other: Change): boolean {
  if (action !== "delete" || deposed !== undefined || before === undefined) return false;
  if (other.action !== "create" || other.type !== type || other.after === undefined) return false;
  return agrees(other.after, before);
}

/** Whether every argument that is known beforehand has the value that the other resource has. */
function agrees(planned: Mapping, standing: Mapping): boolean {
  return Object.entries(planned).every(
    ([name, value]) => !isKnown(value) || isDeepStrictEqual(value, standing[name] ?? null),
  );
}

function isKnown(value: Value): boolean {
  if (value === null || value instanceof Unknown) return false;
  if (isList(value)) return value.every(isKnown);
  return !isMapping(value) || Object.values(value).every(isKnown);
}

/** The calls, where the rest of the addresses is the same. */
function moveOf(from: string, to: string): readonly [string, string] {
  const [own, other] = [from, to].map((address) => /^(module\.[^.[]+)\.(.+)$/.exec(address));
  if (own?.[1] === undefined || other?.[1] === undefined) return [from, to];
  return own[2] === other[2] && own[1] !== other[1] ? [own[1], other[1]] : [from, to];
}
