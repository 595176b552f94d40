/** Conversion of values to a common type, which elements of a list and results of a conditional need. */
import { EncodedJson, type HclValue, isList, isMapping, isUnknown, PartialText } from "./unknown";
import { asText, EvaluationError, isTerraformSet, setOf } from "./values";

/**
 * The values, converted to one type: beside text, numbers and booleans become text. Undefined if the type depends on an
 * unknown value: beside unknown text, 1 is "1".
 * @see https://developer.hashicorp.com/terraform/language/expressions/type-constraints#conversion-of-complex-types
 * @throws EvaluationError if there is no common type
 */
export function unify(values: readonly HclValue[]): readonly HclValue[] | undefined {
  const typed = values.filter((value) => value !== null);
  if (typed.some((value) => isUnknown(value) && !isText(value))) return values.every(keepsItsType) ? values : undefined;
  if (typed.every(isScalar)) return unifyScalars(values);
  if (typed.every(isList) || typed.every(isMapping)) return unifyCollections(values);
  throw new EvaluationError("got values of different kinds; allowed: values of one type");
}

function isText(value: HclValue): boolean {
  return typeof value === "string" || value instanceof PartialText || value instanceof EncodedJson;
}

function isScalar(value: HclValue): boolean {
  return isText(value) || typeof value === "number" || typeof value === "boolean";
}

/** Whether no conversion can change the value. */
function keepsItsType(value: HclValue): boolean {
  if (isList(value)) return !isTerraformSet(value) && value.every(keepsItsType);
  if (isMapping(value)) return Object.values(value).every(keepsItsType);
  return value === null || typeof value === "string" || isUnknown(value);
}

function unifyScalars(values: readonly HclValue[]): readonly HclValue[] {
  if (values.some(isText)) return values.map((value) => (value === null || isUnknown(value) ? value : asText(value)));
  if (new Set(values.filter((value) => value !== null).map((value) => typeof value)).size <= 1) return values;
  throw new EvaluationError("got numbers and booleans; allowed: values of one type");
}

interface Cell {
  readonly key: string;
  value: HclValue;
}

/** Tuples of one length and objects with the same attributes have a type for each element; others have one type for all. */
function unifyCollections(values: readonly HclValue[]): readonly HclValue[] | undefined {
  const rows = values.map(cellsOf);
  const shapes = new Set(
    rows.filter((_, i) => values[i] !== null).map((row) => JSON.stringify(row.map(({ key }) => key))),
  );
  const groups = new Map<string, Cell[]>();
  for (const cell of rows.flat()) {
    const group = shapes.size === 1 ? cell.key : "";
    groups.set(group, [...(groups.get(group) ?? []), cell]);
  }
  for (const group of groups.values()) {
    const unified = unify(group.map(({ value }) => value));
    if (unified === undefined) return undefined;
    group.forEach((cell, i) => {
      cell.value = unified[i] ?? null;
    });
  }
  const someSets = values.some(isTerraformSet);
  if (someSets && !values.every((value) => value === null || isTerraformSet(value))) return undefined;
  return values.map((value, i) => rebuilt(value, rows[i] ?? []));
}

function cellsOf(collection: HclValue): Cell[] {
  if (isList(collection)) return collection.map((value, i) => ({ key: String(i), value }));
  const entries = isMapping(collection) ? Object.entries(collection) : [];
  return entries.map(([key, value]) => ({ key, value })).sort((a, b) => (a.key < b.key ? -1 : 1));
}

function rebuilt(collection: HclValue, cells: readonly Cell[]): HclValue {
  if (isMapping(collection)) return Object.fromEntries(cells.map(({ key, value }) => [key, value]));
  if (collection === null) return null;
  const elements = cells.map(({ value }) => value);
  return isTerraformSet(collection) ? setOf(elements) : elements;
}
