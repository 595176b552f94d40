/** What stands in a resource's arguments, and which resources it names. */
import { IDENTIFIERS, type ResourceInstance, type RootConfiguration } from "../configuration";
import { isList, isMapping, isUnknown, PartialText, Unordered, type Value } from "../hcl";

/**
 * Every value at a path, `rule.status`: blocks that stand there several times are all walked. Null where a block leaves
 * it out, and one null where there is no block.
 */
export function valuesAt(value: Value, path: string): readonly Value[] {
  let found: readonly Value[] = [value];
  if (path !== "") for (const name of path.split(".")) found = membersOf(found, name);
  return found.length > 0 ? found : [null];
}

function membersOf(values: readonly Value[], name: string): readonly Value[] {
  const members: Value[] = [];
  for (const value of values) {
    for (const item of itemsOf(value)) {
      members.push(isUnknown(item) ? item : isMapping(item) ? (item[name] ?? null) : null);
    }
  }
  return members;
}

/** Every item of the lists at a path, or every block. */
export function itemsAt(value: Value, path: string): readonly Value[] {
  return valuesAt(value, path).flatMap(itemsOf);
}

/** One block may stand there as it is. */
export function itemsOf(value: Value): readonly Value[] {
  return isList(value) ? value : [value];
}

/** As policies have it: nothing, one, or a list. */
export function many(value: Value | undefined): readonly Value[] {
  if (value === undefined || value === null) return [];
  return value instanceof Unordered ? value.elements : itemsOf(value);
}

/** The known and unknown pieces of a text; anything else is one piece. */
export function piecesOf(value: Value): readonly Value[] {
  return value instanceof PartialText ? value.parts : [value];
}

/** Stands in a text for a part that only an apply shows. */
export const HOLE = "\uE000";

/** A scalar as text, `HOLE` for each part that is not known; undefined for a value of which nothing is known, and for other values. */
export function textWithHoles(value: Value): string | undefined {
  if (value instanceof PartialText) return value.parts.map((part) => (typeof part === "string" ? part : HOLE)).join("");
  return isUnknown(value) || typeof value === "object" ? undefined : String(value);
}

export function isText(value: Value): boolean {
  return typeof value === "string" && value !== "";
}

/** What nobody has set: a plan has null for it, and the provider in places makes "" of that. */
export function isAbsent(value: Value): boolean {
  return value === null || value === "";
}

export function isEmpty(value: Value): boolean {
  return isAbsent(value) || (isList(value) && value.length === 0);
}

/** Whether it can be anything: an unknown value without a resource that it belongs to. */
export function stemsFromNothing(value: Value): boolean {
  return isUnknown(value) && value.references.length === 0;
}

/** Whether a value names the resource: a reference to it, or the text of one of its identifiers. */
export function pointsAt(value: Value, resource: ResourceInstance): boolean {
  if (isList(value)) return value.some((item) => pointsAt(item, resource));
  if (isUnknown(value)) return value.references.some(({ address }) => address === resource.address);
  return !isAbsent(value) && IDENTIFIERS.some((name) => resource.values[name] === value);
}

/** The resource of a type that a value names. */
export function named(value: Value, type: string, root: RootConfiguration): ResourceInstance | undefined {
  return root.of(type).find((one) => pointsAt(value, one));
}

/** The resources of a type that name this one at a path. */
export function thoseNaming(
  resource: ResourceInstance,
  type: string,
  path: string,
  root: RootConfiguration,
): readonly ResourceInstance[] {
  return root.of(type).filter(({ values }) => valuesAt(values, path).some((value) => pointsAt(value, resource)));
}
