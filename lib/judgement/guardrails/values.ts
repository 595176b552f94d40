/** Values of a resource's arguments, and the resources that they name. */
import { IDENTIFIERS, type ResourceInstance, type RootConfiguration } from "../configuration";
import { type HclValue, isList, isMapping, isUnknown, PartialText, Unordered } from "../hcl";

/**
 * Every value at a path, `rule.status`, in all blocks of the path. Null for a block without the argument, and a single
 * null if there is no block.
 */
export function valuesAt(value: HclValue, path: string): readonly HclValue[] {
  let found: readonly HclValue[] = [value];
  if (path !== "") for (const name of path.split(".")) found = membersOf(found, name);
  return found.length > 0 ? found : [null];
}

function membersOf(values: readonly HclValue[], name: string): readonly HclValue[] {
  const members: HclValue[] = [];
  for (const value of values) {
    for (const item of itemsOf(value)) {
      members.push(isUnknown(item) ? item : isMapping(item) ? (item[name] ?? null) : null);
    }
  }
  return members;
}

/** Every item of the lists at a path, or every block. */
export function itemsAt(value: HclValue, path: string): readonly HclValue[] {
  return valuesAt(value, path).flatMap(itemsOf);
}

/** A single block may be given without a list. */
export function itemsOf(value: HclValue): readonly HclValue[] {
  return isList(value) ? value : [value];
}

/** The forms of a policy element: nothing, one value, or a list. */
export function many(value: HclValue | undefined): readonly HclValue[] {
  if (value === undefined || value === null) return [];
  return value instanceof Unordered ? value.elements : itemsOf(value);
}

/** The known and unknown parts of a text; any other value is one part. */
export function piecesOf(value: HclValue): readonly HclValue[] {
  return value instanceof PartialText ? value.parts : [value];
}

/** Replaces a part of a text that is known only after the apply. */
export const HOLE = "\uE000";

/** A scalar as text, with `HOLE` for each unknown part; undefined for an unknown value and for other values. */
export function textWithHoles(value: HclValue): string | undefined {
  if (value instanceof PartialText) return value.parts.map((part) => (typeof part === "string" ? part : HOLE)).join("");
  return isUnknown(value) || typeof value === "object" ? undefined : String(value);
}

export function isText(value: HclValue): boolean {
  return typeof value === "string" && value !== "";
}

/** A value that is not set: null in a plan, and "" for some arguments of the provider. */
export function isAbsent(value: HclValue): boolean {
  return value === null || value === "";
}

export function isEmpty(value: HclValue): boolean {
  return isAbsent(value) || (isList(value) && value.length === 0);
}

/** Whether the value can be anything: unknown, and not derived from a resource. */
export function stemsFromNothing(value: HclValue): boolean {
  return isUnknown(value) && value.references.length === 0;
}

/** Whether a value names the resource: by a reference, or by the text of one of its identifiers. */
export function pointsAt(value: HclValue, resource: ResourceInstance): boolean {
  if (isList(value)) return value.some((item) => pointsAt(item, resource));
  if (isUnknown(value)) return value.references.some(({ address }) => address === resource.address);
  return !isAbsent(value) && IDENTIFIERS.some((name) => resource.values[name] === value);
}

/** The resource of a type that a value names. */
export function named(value: HclValue, type: string, root: RootConfiguration): ResourceInstance | undefined {
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
