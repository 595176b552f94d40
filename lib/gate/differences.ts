/** Where two versions of a resource differ, down to the argument of a nested block. */
import { isDeepStrictEqual } from "node:util";
import { isList, isMapping, type Value } from "../hcl";
import { withoutEmpty } from "./empty";

export interface Difference {
  /** Names from the resource down, without places in lists: `network_configuration.subnets`. */
  readonly path: string;
  readonly before: Value;
  readonly after: Value;
}

/**
 * Blocks that stand on both sides are no difference, wherever in their list they stand: a plan puts the elements of a set
 * into an order of its own. The others are compared in their order.
 */
export function differences(before: Value, after: Value, path = ""): Difference[] {
  if (isSame(before, after)) return [];
  if (isMapping(before) || isMapping(after)) {
    const [then, now] = [isMapping(before) ? before : {}, isMapping(after) ? after : {}];
    const names = new Set([...Object.keys(then), ...Object.keys(now)]);
    return [...names].flatMap((name) =>
      differences(then[name] ?? null, now[name] ?? null, path === "" ? name : `${path}.${name}`),
    );
  }
  const [then, now] = [blocksOf(before), blocksOf(after)];
  if (then === undefined || now === undefined) return [{ path, before, after }];
  const gone = then.filter((one) => !now.some((other) => isSame(one, other)));
  const made = now.filter((one) => !then.some((other) => isSame(one, other)));
  return Array.from({ length: Math.max(gone.length, made.length) }).flatMap((_, i) =>
    differences(gone[i] ?? null, made[i] ?? null, path),
  );
}

/** Nested blocks are lists of objects; undefined for any other value but null. */
function blocksOf(value: Value): readonly Value[] | undefined {
  if (value === null) return [];
  return isList(value) && value.every((item) => isMapping(item)) ? value : undefined;
}

function isSame(one: Value, other: Value): boolean {
  return isDeepStrictEqual(withoutEmpty(one), withoutEmpty(other));
}
