/** Differences between two versions of a resource, down to the arguments of nested blocks. */
import { type HclValue, isList, isMapping, type Mapping } from "../hcl";
import { isSameButEmpty, withoutEmpty } from "./empty";

export interface ArgumentDifference {
  /** Names from the resource down, without list indexes: `network_configuration.subnets`, `parameter.log_statement.value`. */
  readonly path: string;
  readonly before: HclValue;
  readonly after: HclValue;
}

/**
 * Blocks that both versions contain are no difference, at whatever index: a plan reorders the elements of a set. Settings
 * are compared by name, other blocks by order.
 */
export function differences(before: HclValue, after: HclValue, path = ""): ArgumentDifference[] {
  if (isSameButEmpty(before, after)) return [];
  const [then, now] = [membersOf(before), membersOf(after)];
  if (then !== undefined && now !== undefined && (isMapping(before) || isMapping(after))) {
    const names = new Set([...Object.keys(then), ...Object.keys(now)]);
    return [...names].flatMap((name) =>
      differences(then[name] ?? null, now[name] ?? null, path === "" ? name : `${path}.${name}`),
    );
  }
  const [left, right] = [blocksOf(before), blocksOf(after)];
  if (left === undefined || right === undefined) return [{ path, before, after }];
  const gone = left.filter((one) => !right.some((other) => isSameButEmpty(one, other)));
  const made = right.filter((one) => !left.some((other) => isSameButEmpty(one, other)));
  const settings = new Set([...gone, ...made].map(settingOf).filter((name) => name !== undefined));
  return [
    ...[...settings].flatMap((name) => differences(settingAt(gone, name), settingAt(made, name), `${path}.${name}`)),
    ...inOrder(gone.filter(isNoSetting), made.filter(isNoSetting), path),
  ];
}

/** An added or removed block is a difference even if it is empty: `allow {}`, `block {}`. */
function inOrder(gone: readonly HclValue[], made: readonly HclValue[], path: string): ArgumentDifference[] {
  return Array.from({ length: Math.max(gone.length, made.length) }).flatMap((_, i) => {
    const [before = null, after = null] = [gone[i], made[i]];
    const found = differences(before, after, path);
    return found.length === 0 ? [{ path, before, after }] : found;
  });
}

/** The name of a block with a name and a value, such as a parameter of a database. */
function settingOf(block: HclValue): string | undefined {
  return isMapping(block) && typeof block.name === "string" && "value" in block ? block.name : undefined;
}

function isNoSetting(block: HclValue): boolean {
  return settingOf(block) === undefined;
}

function settingAt(blocks: readonly HclValue[], name: string): HclValue {
  return blocks.find((block) => settingOf(block) === name) ?? null;
}

/** Undefined for a value that is neither an object nor empty. */
function membersOf(value: HclValue): Mapping | undefined {
  if (isMapping(value)) return value;
  return withoutEmpty(value) === undefined ? {} : undefined;
}

/** Nested blocks are lists of objects; undefined for a value that is neither a list of them nor empty. */
function blocksOf(value: HclValue): readonly HclValue[] | undefined {
  if (withoutEmpty(value) === undefined) return [];
  return isList(value) && value.every((item) => isMapping(item)) ? value : undefined;
}
