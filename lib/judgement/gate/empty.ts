/** Comparison of values without empty ones: the provider writes null, "", [] and {} for the same absence. */
import { isDeepStrictEqual } from "node:util";
import { Unknown } from "../hcl";

/** @returns undefined if nothing is left */
export function withoutEmpty(value: unknown): unknown {
  if (value === null || value === undefined || value === "") return undefined;
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(withoutEmpty);
  if (typeof value !== "object" || value instanceof Unknown) return value;
  const members = Object.entries(value)
    .map(([name, member]) => [name, withoutEmpty(member)])
    .filter(([, member]) => member !== undefined);
  return members.length === 0 ? undefined : Object.fromEntries(members);
}

/** Whether two values are equal without their empty parts. */
export function isSameButEmpty(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(withoutEmpty(one), withoutEmpty(other));
}
