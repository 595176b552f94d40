/**
 * Functions that need only the structure of their arguments. Unknown elements are passed through, or have no effect.
 *
 * @see https://developer.hashicorp.com/terraform/language/functions
 */

import { characters } from "../../common/characters";
import { equal } from "./equality";
import { format } from "./format";
import { encodeJson, jsondecode } from "./json";
import { setunion } from "./set-functions";
import { unify } from "./unify";
import {
  beginsWith,
  EncodedJson,
  finishesWith,
  type HclValue,
  isList,
  isMapping,
  isUnknown,
  type Mapping,
  PartialText,
  Reference,
  textFrom,
  Unordered,
  unknownFrom,
} from "./unknown";
import {
  asBoolean,
  asList,
  asMapping,
  asNumber,
  asText,
  compareText,
  EvaluationError,
  isTerraformSet,
  setOf,
  sortedKeys,
  wrong,
} from "./values";

export const STRUCTURAL_FUNCTIONS = {
  alltrue: (list: HclValue) => withList(list, (items) => decided(items, false)),
  anytrue: (list: HclValue) => withList(list, (items) => decided(items, true)),
  coalesce,
  concat,
  contains: (list: HclValue, wanted: HclValue) => withList(list, (items) => contains(items, wanted)),
  distinct: (list: HclValue) => (list instanceof Unordered ? list : withList(list, distinct)),
  element,
  endswith: (text: HclValue, suffix: HclValue) => comparesEnd(text, suffix, finishesWith),
  flatten: (list: HclValue) => withList(list, flatten),
  format,
  join,
  jsondecode,
  jsonencode: encodeJson,
  keys: (mapping: HclValue) => withMapping(mapping, sortedKeys),
  length,
  lookup,
  merge,
  one,
  reverse: (list: HclValue) => withList(list, (items) => items.toReversed()),
  setunion,
  slice,
  sort: (list: HclValue) => (list instanceof Unordered ? list : withList(list, sort)),
  startswith: (text: HclValue, prefix: HclValue) => comparesEnd(text, prefix, beginsWith),
  tolist: (value: HclValue) =>
    value === null || value instanceof Unordered
      ? value
      : withList(value, (items) => unified(items, (all) => [...all])),
  tomap: (value: HclValue) => (value === null ? null : withMapping(value, tomap)),
  toset: (value: HclValue) =>
    value === null || value instanceof Unordered ? value : withList(value, (items) => unified(items, setOf)),
  tostring: (value: HclValue) => (value === null || isUnknown(value) ? value : asText(value)),
  values: (mapping: HclValue) => withMapping(mapping, (known) => sortedKeys(known).map((key) => known[key] ?? null)),
  zipmap,
};

function withList(list: HclValue, compute: (items: readonly HclValue[]) => HclValue): HclValue {
  return isUnknown(list) ? unknownFrom(list) : compute(asList(list));
}

function withMapping(mapping: HclValue, compute: (known: Mapping) => HclValue): HclValue {
  return isUnknown(mapping) ? unknownFrom(mapping) : compute(asMapping(mapping));
}

function unified(items: readonly HclValue[], compute: (items: readonly HclValue[]) => HclValue): HclValue {
  const all = unify(items);
  return all === undefined ? unknownFrom(...items) : compute(all);
}

/** One element can decide; null counts as false. */
function decided(items: readonly HclValue[], by: boolean): HclValue {
  const unknown = items.filter(isUnknown);
  const known = items.filter((item) => !isUnknown(item)).map((item) => item !== null && asBoolean(item));
  if (known.includes(by)) return by;
  return unknown.length > 0 ? unknownFrom(...unknown) : !by;
}

function coalesce(...values: HclValue[]): HclValue {
  const all = unify(values);
  for (const value of all ?? values) {
    if (value === null || value === "") continue;
    return all !== undefined && (!isUnknown(value) || isFilled(value)) ? value : unknownFrom(...values);
  }
  throw new EvaluationError("got nothing but null and empty text; allowed: at least one value");
}

function isFilled(value: HclValue): boolean {
  if (value instanceof PartialText) return value.parts.some((part) => typeof part === "string");
  return value instanceof EncodedJson;
}

/** Lists of text and of numbers become a list of text, and tuples keep their types. This evaluator cannot distinguish them. */
function concat(...lists: HclValue[]): HclValue {
  if (lists.some(isUnknown)) return unknownFrom(...lists);
  const items = lists.flatMap(asList);
  if (lists.some(isTerraformSet)) throw wrong(items, "lists, no sets");
  const mixed = (values: readonly HclValue[]) => values.some(convertible) && values.some(mayBeText);
  return mixed(items) && !lists.some((list) => mixed(asList(list))) ? unknownFrom(...items) : items;
}

function convertible(value: HclValue): boolean {
  return typeof value === "number" || typeof value === "boolean";
}

function mayBeText(value: HclValue): boolean {
  return typeof value === "string" || isUnknown(value);
}

function contains(items: readonly HclValue[], wanted: HclValue): HclValue {
  if (wanted === null) throw wrong(wanted, "a value to look for");
  const answers = items.map((item) => equal(item, wanted));
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? unknownFrom(items, wanted) : false;
}

/** Two references to one attribute are one value. */
function distinct(items: readonly HclValue[]): HclValue {
  const same = (a: HclValue, b: HclValue) =>
    a instanceof Reference && b instanceof Reference
      ? a.address === b.address && a.path === b.path
      : equal(a, b) === true;
  return unified(items, (all) => {
    const once = all.filter((item, i) => !all.slice(0, i).some((other) => same(item, other)));
    const apart = once.every((a, i) => once.slice(0, i).every((b) => equal(a, b) === false));
    return apart ? once : new Unordered(once);
  });
}

function sort(items: readonly HclValue[]): HclValue {
  if (items.some(isUnknown)) return items.length === 1 ? items : new Unordered(items);
  return items.map(asText).sort(compareText);
}

function element(list: HclValue, index: HclValue): HclValue {
  if (isUnknown(list) || isUnknown(index)) return unknownFrom(list, index);
  const [items, at] = [asList(list), asNumber(index)];
  // Versions of Terraform differ in the result for a negative index.
  if (at < 0) return unknownFrom(list);
  const found = items[at % items.length];
  if (found === undefined) throw new EvaluationError(`got the index ${at} of a list of ${items.length}`);
  return found;
}

/** An unknown attribute may be a list; partly unknown text is not. */
function flatten(items: readonly HclValue[]): HclValue {
  const flat = items.map((item) => (isList(item) ? flatten(item) : [item]));
  const open = items.some((item) => isUnknown(item) && !(item instanceof PartialText || item instanceof EncodedJson));
  return open || flat.some(isUnknown) ? unknownFrom(...items) : flat.flatMap(asList);
}

function join(separator: HclValue, ...lists: HclValue[]): HclValue {
  if (isUnknown(separator) || lists.some(isUnknown)) return unknownFrom(separator, ...lists);
  const items = lists.flatMap(asList).map((item) => (isUnknown(item) ? item : asText(item)));
  return textFrom(items.flatMap((item, i) => (i === 0 ? [item] : [asText(separator), item])));
}

function length(value: HclValue): HclValue {
  if (isUnknown(value)) return unknownFrom(value);
  if (isList(value)) return value.length;
  if (isMapping(value)) return Object.keys(value).length;
  if (typeof value === "string") return characters(value).length;
  throw wrong(value, "text, a list, a set or a map");
}

function lookup(mapping: HclValue, key: HclValue, otherwise?: HclValue): HclValue {
  if (isUnknown(mapping) || isUnknown(key)) return unknownFrom(mapping, key, otherwise ?? null);
  const [known, name] = [asMapping(mapping), asText(key)];
  const found = Object.hasOwn(known, name) ? known[name] : otherwise;
  if (found === undefined) throw new EvaluationError(`got the key "${name}"; allowed: ${sortedKeys(known).join(", ")}`);
  return found;
}

function merge(...mappings: HclValue[]): HclValue {
  if (mappings.some(isUnknown)) return unknownFrom(...mappings);
  return Object.fromEntries(mappings.flatMap((one) => (one === null ? [] : Object.entries(asMapping(one)))));
}

/** `one` of a reference is its first element. */
function one(list: HclValue): HclValue {
  if (list instanceof Reference) return list.element(0);
  return withList(list, (items) => {
    if (items.length > 1) throw wrong(items, "one element or none");
    return items[0] ?? null;
  });
}

function slice(list: HclValue, start: HclValue, end: HclValue): HclValue {
  if (isUnknown(list) || isUnknown(start) || isUnknown(end)) return unknownFrom(list, start, end);
  const [items, from, to] = [asList(list), asNumber(start), asNumber(end)];
  if (from < 0 || from > to || to > items.length) throw new EvaluationError(`got ${from} to ${to} of ${items.length}`);
  return items.slice(from, to);
}

function comparesEnd(
  text: HclValue,
  end: HclValue,
  compare: (text: HclValue, end: string) => boolean | undefined,
): HclValue {
  if (isUnknown(end)) return unknownFrom(text, end);
  return compare(isUnknown(text) ? text : asText(text), asText(end)) ?? unknownFrom(text);
}

function tomap(mapping: Mapping): HclValue {
  const names = sortedKeys(mapping);
  return unified(
    names.map((name) => mapping[name] ?? null),
    (items) => Object.fromEntries(names.map((name, i) => [name, items[i] ?? null])),
  );
}

function zipmap(names: HclValue, values: HclValue): HclValue {
  if (isUnknown(names) || isUnknown(values)) return unknownFrom(names, values);
  const [keys, items] = [asList(names), asList(values)];
  if (keys.some(isUnknown)) return unknownFrom(names, values);
  if (keys.length !== items.length) throw new EvaluationError(`got ${keys.length} keys for ${items.length} values`);
  return Object.fromEntries(keys.map((key, i) => [asText(key), items[i] ?? null]));
}
