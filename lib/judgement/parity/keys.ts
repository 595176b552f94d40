/** Pairs of keys in the maps of several environments. */
import type { HclValue, Mapping } from "../hcl";
import { type Identity, LEVELS, withPlaceholders } from "./identity";
import { canonicalText } from "./text";

interface Side {
  readonly mapping: Mapping;
  readonly identity: Identity;
}

/** Pairs each key with its counterpart in every environment. Exact matches come first, then matches with placeholders. */
export function sharedKeys(sides: readonly Side[]): Map<string, (string | undefined)[]> {
  const first = Object.keys(sides[0]?.mapping ?? {});
  const isShared = (key: string) => sides.every(({ mapping }) => Object.hasOwn(mapping, key));
  if (sides.every(({ mapping }) => Object.keys(mapping).length === first.length) && first.every(isShared)) {
    return new Map(first.map((key) => [key, sides.map(() => key)]));
  }
  const shared = new Map<string, (string | undefined)[]>();
  for (const level of LEVELS) {
    const named = sides.map((side, i) => otherKeys(side, i, shared, level(side.identity)));
    for (const name of named[0]?.keys() ?? []) {
      const keys = named.map((names) => names.get(name));
      if (!keys.includes(undefined)) shared.set(name, keys);
    }
  }
  sides.forEach((side, i) => {
    for (const [name, key] of otherKeys(side, i, shared, side.identity)) {
      const keys = shared.get(name) ?? sides.map((): string | undefined => undefined);
      keys[i] = key;
      shared.set(name, keys);
    }
  });
  return shared;
}

/**
 * The keys of a side that have no counterpart yet, by their text at a level. Keys with equal text and equal members are one
 * key; other keys with equal text are numbered.
 */
function otherKeys(
  { mapping, identity }: Side,
  i: number,
  shared: ReadonlyMap<string, readonly (string | undefined)[]>,
  level: Identity,
): Map<string, string> {
  const done = new Map([...shared].flatMap(([name, keys]) => (keys[i] === undefined ? [] : [[name, keys[i]]])));
  const mine = new Set(done.values());
  const left = Object.keys(mapping).filter((key) => !mine.has(key));
  if (left.length === 0) return new Map();
  const member = (key: string) => `${withPlaceholders(key, identity)} ${canonicalText(mapping[key] ?? null, identity)}`;
  const known = new Set([...mine].map(member));
  const others = new Map<string, string>();
  for (const key of left.filter((one) => mine.size === 0 || !known.has(member(one))).sort()) {
    const name = withPlaceholders(key, level);
    const namesake = others.get(name);
    if (namesake !== undefined && member(namesake) === member(key)) continue;
    others.set(unused(name, [done, others]), key);
  }
  return others;
}

function unused(name: string, taken: readonly ReadonlyMap<string, string>[]): string {
  let number = 1;
  const numbered = () => (number === 1 ? name : `${name}#${number}`);
  while (taken.some((names) => names.has(numbered()))) number++;
  return numbered();
}

/** A set as a map by the text of its elements. */
export function membersOfSet(elements: readonly HclValue[]): Mapping {
  return Object.fromEntries(
    elements.map((element) => [typeof element === "string" ? element : canonicalText(element), element]),
  );
}
