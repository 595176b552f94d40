/** Instances of a resource or module call: what `count` and `for_each` make of one block. */
import { type HclValue, isList, isMapping, isUnknown, type Scope, scopeOf, sortedKeys, Unknown } from "../hcl";
import { evaluateJson, type Json } from "./json";

/** Keys of the instances, each with its scope; undefined for a block without `count` and `for_each`. */
export interface Instances {
  readonly keys: undefined | Unknown | readonly [string | number, Scope][];
  readonly isCount: boolean;
}

/** @param body of the block @param scope of its module */
export function instancesOf(body: Json, scope: Scope): Instances {
  if ("count" in body) {
    const count = evaluateJson(body.count, scope);
    if (isUnknown(count)) return { keys: count, isCount: true };
    const indexes = Array.from({ length: Number(count) }, (_, i) => i);
    return { keys: indexes.map((i) => [i, scopeOf({ count: { index: i } }, scope)]), isCount: true };
  }
  if (!("for_each" in body)) return { keys: undefined, isCount: false };
  const all = evaluateJson(body.for_each, scope);
  if (isUnknown(all)) return { keys: all, isCount: false };
  const keys = entriesOf(all).map(([key, value]): [string, Scope] => [key, scopeOf({ each: { key, value } }, scope)]);
  return { keys, isCount: false };
}

/** The scope of the one instance that stands for all where the keys are not known. */
export function scopeOfUnknown(keys: Unknown, scope: Scope): Scope {
  return scopeOf({ each: { key: keys, value: keys }, count: { index: keys } }, scope);
}

/** A value of a block as expressions refer to it: alone, in a list for `count`, or in a map for `for_each`. */
export function byKey({ keys, isCount }: Instances, valueAt: (key?: string | number) => HclValue): HclValue {
  if (keys === undefined) return valueAt();
  if (keys instanceof Unknown) return keys;
  const entries = keys.map(([key]): [string, HclValue] => [String(key), valueAt(key)]);
  return isCount ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}

/** What `for_each` goes through, in Terraform's order: an object of JavaScript has keys that are numbers in theirs. */
export function entriesOf(collection: HclValue): [string, HclValue][] {
  if (isMapping(collection)) return sortedKeys(collection).map((key) => [key, collection[key] ?? null]);
  return isList(collection) ? collection.map((item) => [String(item), item]) : [];
}
