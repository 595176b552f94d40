/** Which keys of several environments' maps are the same key. */
import type { Mapping, Value } from "../hcl";
import { type Identity, LEVELS, putAside } from "./identity";
import { canonicalText } from "./text";

interface Side {
  readonly mapping: Mapping;
  readonly identity: Identity;
}

/** Each key with the key that every side has for it: what is the same in all sides first, with as little put aside as may be. */
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
 * The keys of a side that are not shared yet, under their names at a level. Keys of own values with equal members are one
 * key; of others that are called the same, all but the first are numbered.
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
  const member = (key: string) => `${putAside(key, identity)} ${canonicalText(mapping[key] ?? null, identity)}`;
  const known = new Set([...mine].map(member));
  const others = new Map<string, string>();
  for (const key of left.filter((one) => mine.size === 0 || !known.has(member(one))).sort()) {
    const name = putAside(key, level);
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

/** A set as a map from its elements' texts, since nothing but what they are tells its elements apart. */
export function membersOfSet(elements: readonly Value[]): Mapping {
  return Object.fromEntries(
    elements.map((element) => [typeof element === "string" ? element : canonicalText(element), element]),
  );
}
