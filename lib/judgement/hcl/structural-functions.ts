/**
 * Functions that need only the structure of their arguments. Unknown elements are passed through, or have no effect.
 *
 * @see https://developer.hashicorp.com/terraform/language/functions
 */
import { equal } from "./equality";
import { format } from "./format";
import { encodeJson, jsondecode } from "./json";
import { setunion } from "./set-functions";
import { characters } from "./text-functions";
import { unify } from "./unify";
import {
  beginsWith,
  EncodedJson,
  finishesWith,
  isList,
  isMapping,
  isUnknown,
  type Mapping,
  PartialText,
  Reference,
  textFrom,
  Unordered,
  unknownFrom,
  type Value,
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
  alltrue: (list: Value) => withList(list, (items) => decided(items, false)),
  anytrue: (list: Value) => withList(list, (items) => decided(items, true)),
  coalesce,
  concat,
  contains: (list: Value, wanted: Value) => withList(list, (items) => contains(items, wanted)),
  distinct: (list: Value) => (list instanceof Unordered ? list : withList(list, distinct)),
  element,
  endswith: (text: Value, suffix: Value) => comparesEnd(text, suffix, finishesWith),
  flatten: (list: Value) => withList(list, flatten),
  format,
  join,
  jsondecode,
  jsonencode: encodeJson,
  keys: (mapping: Value) => withMapping(mapping, sortedKeys),
  length,
  lookup,
  merge,
  one,
  reverse: (list: Value) => withList(list, (items) => items.toReversed()),
  setunion,
  slice,
  sort: (list: Value) => (list instanceof Unordered ? list : withList(list, sort)),
  startswith: (text: Value, prefix: Value) => comparesEnd(text, prefix, beginsWith),
  tolist: (value: Value) =>
    value === null || value instanceof Unordered
      ? value
      : withList(value, (items) => unified(items, (all) => [...all])),
  tomap: (value: Value) => (value === null ? null : withMapping(value, tomap)),
  toset: (value: Value) =>
    value === null || value instanceof Unordered ? value : withList(value, (items) => unified(items, setOf)),
  tostring: (value: Value) => (value === null || isUnknown(value) ? value : asText(value)),
  values: (mapping: Value) => withMapping(mapping, (known) => sortedKeys(known).map((key) => known[key] ?? null)),
  zipmap,
};

function withList(list: Value, compute: (items: readonly Value[]) => Value): Value {
  return isUnknown(list) ? unknownFrom(list) : compute(asList(list));
}

function withMapping(mapping: Value, compute: (known: Mapping) => Value): Value {
  return isUnknown(mapping) ? unknownFrom(mapping) : compute(asMapping(mapping));
}

function unified(items: readonly Value[], compute: (items: readonly Value[]) => Value): Value {
  const all = unify(items);
  return all === undefined ? unknownFrom(...items) : compute(all);
}

/** One element can decide; null counts as false. */
function decided(items: readonly Value[], by: boolean): Value {
  const unknown = items.filter(isUnknown);
  const known = items.filter((item) => !isUnknown(item)).map((item) => item !== null && asBoolean(item));
  if (known.includes(by)) return by;
  return unknown.length > 0 ? unknownFrom(...unknown) : !by;
}

function coalesce(...values: Value[]): Value {
  const all = unify(values);
  for (const value of all ?? values) {
    if (value === null || value === "") continue;
    return all !== undefined && (!isUnknown(value) || isFilled(value)) ? value : unknownFrom(...values);
  }
  throw new EvaluationError("got nothing but null and empty text; allowed: at least one value");
}

function isFilled(value: Value): boolean {
  if (value instanceof PartialText) return value.parts.some((part) => typeof part === "string");
  return value instanceof EncodedJson;
}

/** Lists of text and of numbers become a list of text, and tuples keep their types. This evaluator cannot distinguish them. */
function concat(...lists: Value[]): Value {
  if (lists.some(isUnknown)) return unknownFrom(...lists);
  const items = lists.flatMap(asList);
  if (lists.some(isTerraformSet)) throw wrong(items, "lists, no sets");
  const mixed = (values: readonly Value[]) => values.some(convertible) && values.some(mayBeText);
  return mixed(items) && !lists.some((list) => mixed(asList(list))) ? unknownFrom(...items) : items;
}

function convertible(value: Value): boolean {
  return typeof value === "number" || typeof value === "boolean";
}

function mayBeText(value: Value): boolean {
  return typeof value === "string" || isUnknown(value);
}

function contains(items: readonly Value[], wanted: Value): Value {
  if (wanted === null) throw wrong(wanted, "a value to look for");
  const answers = items.map((item) => equal(item, wanted));
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? unknownFrom(items, wanted) : false;
}

/** Two references to one attribute are one value. */
function distinct(items: readonly Value[]): Value {
  const same = (a: Value, b: Value) =>
    a instanceof Reference && b instanceof Reference
      ? a.address === b.address && a.path === b.path
      : equal(a, b) === true;
  return unified(items, (all) => {
    const once = all.filter((item, i) => !all.slice(0, i).some((other) => same(item, other)));
    const apart = once.every((a, i) => once.slice(0, i).every((b) => equal(a, b) === false));
    return apart ? once : new Unordered(once);
  });
}

function sort(items: readonly Value[]): Value {
  if (items.some(isUnknown)) return items.length === 1 ? items : new Unordered(items);
  return items.map(asText).sort(compareText);
}

function element(list: Value, index: Value): Value {
  if (isUnknown(list) || isUnknown(index)) return unknownFrom(list, index);
  const [items, at] = [asList(list), asNumber(index)];
  // Versions of Terraform differ in the result for a negative index.
  if (at < 0) return unknownFrom(list);
  const found = items[at % items.length];
  if (found === undefined) throw new EvaluationError(`got the index ${at} of a list of ${items.length}`);
  return found;
}

/** An unknown attribute may be a list; partly unknown text is not. */
function flatten(items: readonly Value[]): Value {
  const flat = items.map((item) => (isList(item) ? flatten(item) : [item]));
  const open = items.some((item) => isUnknown(item) && !(item instanceof PartialText || item instanceof EncodedJson));
  return open || flat.some(isUnknown) ? unknownFrom(...items) : flat.flatMap(asList);
}

function join(separator: Value, ...lists: Value[]): Value {
  if (isUnknown(separator) || lists.some(isUnknown)) return unknownFrom(separator, ...lists);
  const items = lists.flatMap(asList).map((item) => (isUnknown(item) ? item : asText(item)));
  return textFrom(items.flatMap((item, i) => (i === 0 ? [item] : [asText(separator), item])));
}

function length(value: Value): Value {
  if (isUnknown(value)) return unknownFrom(value);
  if (isList(value)) return value.length;
  if (isMapping(value)) return Object.keys(value).length;
  if (typeof value === "string") return characters(value).length;
  throw wrong(value, "text, a list, a set or a map");
}

function lookup(mapping: Value, key: Value, otherwise?: Value): Value {
  if (isUnknown(mapping) || isUnknown(key)) return unknownFrom(mapping, key, otherwise ?? null);
  const [known, name] = [asMapping(mapping), asText(key)];
  const found = Object.hasOwn(known, name) ? known[name] : otherwise;
  if (found === undefined) throw new EvaluationError(`got the key "${name}"; allowed: ${sortedKeys(known).join(", ")}`);
  return found;
}

function merge(...mappings: Value[]): Value {
  if (mappings.some(isUnknown)) return unknownFrom(...mappings);
  return Object.fromEntries(mappings.flatMap((one) => (one === null ? [] : Object.entries(asMapping(one)))));
}

/** `one` of a reference is its first element. */
function one(list: Value): Value {
  if (list instanceof Reference) return list.element(0);
  return withList(list, (items) => {
    if (items.length > 1) throw wrong(items, "one element or none");
    return items[0] ?? null;
  });
}

function slice(list: Value, start: Value, end: Value): Value {
  if (isUnknown(list) || isUnknown(start) || isUnknown(end)) return unknownFrom(list, start, end);
  const [items, from, to] = [asList(list), asNumber(start), asNumber(end)];
  if (from < 0 || from > to || to > items.length) throw new EvaluationError(`got ${from} to ${to} of ${items.length}`);
  return items.slice(from, to);
}

function comparesEnd(text: Value, end: Value, compare: (text: Value, end: string) => boolean | undefined): Value {
  if (isUnknown(end)) return unknownFrom(text, end);
  return compare(isUnknown(text) ? text : asText(text), asText(end)) ?? unknownFrom(text);
}

function tomap(mapping: Mapping): Value {
  const names = sortedKeys(mapping);
  return unified(
    names.map((name) => mapping[name] ?? null),
    (items) => Object.fromEntries(names.map((name, i) => [name, items[i] ?? null])),
  );
}

function zipmap(names: Value, values: Value): Value {
  if (isUnknown(names) || isUnknown(values)) return unknownFrom(names, values);
  const [keys, items] = [asList(names), asList(values)];
  if (keys.some(isUnknown)) return unknownFrom(names, values);
  if (keys.length !== items.length) throw new EvaluationError(`got ${keys.length} keys for ${items.length} values`);
  return Object.fromEntries(keys.map((key, i) => [asText(key), items[i] ?? null]));
}
