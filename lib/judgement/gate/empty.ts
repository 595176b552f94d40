/** Values without what is empty: the provider writes null, "", [] and {} for the same absence. */
import { Unknown } from "../hcl";

/** @returns undefined where nothing is left */
export function withoutEmpty(value: unknown): unknown {
  if (value === null || value === undefined || value === "") return undefined;
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(withoutEmpty);
  if (typeof value !== "object" || value instanceof Unknown) return value;
  const members = Object.entries(value)
    .map(([name, member]) => [name, withoutEmpty(member)])
    .filter(([, member]) => member !== undefined);
  return members.length === 0 ? undefined : Object.fromEntries(members);
}
