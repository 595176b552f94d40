/** Comparison of one value of several environments, down to the innermost places that differ. */

import type { TerraformType } from "../../generator/inputs/types";
import { documentOf } from "../guardrails/policies";
import { EncodedJson, type HclValue, isList, isMapping, type Mapping, Unordered } from "../hcl";
import { type Identity, LEVELS, NOBODY } from "./identity";
import { membersOfSet, sharedKeys } from "./keys";
import { below } from "./places";
import { canonicalText, withoutRepetition } from "./text";
import { orDefault, typeOfMember } from "./typed";

/** The value of one environment. */
export interface Side {
  /** Undefined if the environment has no value there. */
  readonly value: HclValue | undefined;
  /** The type of the input; undefined for a value that is no input. */
  readonly type: TerraformType | undefined;
  readonly identity: Identity;
}

export interface Manner {
  /** Whether the value is part of a sizing input. */
  readonly sizing?: boolean;
  /** Whether each list is compared as a set, as in policies. */
  readonly unordered?: boolean;
}

/** A place where environments differ. */
export interface Contrast {
  readonly place: string;
  readonly sizing: boolean;
  /** The compared value of each environment: JSON with placeholders for identity values; null if there is none. */
  readonly values: readonly (string | null)[];
}

/** Values are equal as they are, or with placeholders for the identity values of each environment. */
export function compareValues(place: string, given: readonly Side[], how: Manner = {}): Contrast[] {
  if (given.every(({ value, type }) => type === given[0]?.type && isAlike(value, given[0]?.value))) return [];
  const manner = { ...how, sizing: how.sizing || given.every(({ type }) => type?.sizing ?? false) };
  const sides = withDocuments(given.map((side) => opened(side, manner)));
  if (isHidden(sides)) return compareWhole(place, sides, manner);
  const mappings = allThat(isMapping, sides);
  if (mappings !== undefined) return compareMembers(place, sides, mappings, manner);
  const lists = allThat(isList, sides);
  return (lists && compareItems(place, sides, lists, manner)) ?? compareWhole(place, sides, manner);
}

function compareMembers(place: string, sides: readonly Side[], mappings: readonly Mapping[], manner: Manner) {
  const keys = sharedKeys(mappings.map((mapping, i) => ({ mapping, identity: identityAt(sides, i) })));
  return [...keys].flatMap(([shown, own]) => {
    const members = sides.map(({ type, identity }, i) => {
      const key = own[i];
      const value = key === undefined ? undefined : mappings[i]?.[key];
      return { value, type: typeOfMember(type, key ?? shown), identity };
    });
    return compareValues(below(place, shown), members, manner);
  });
}

/** Item by item; undefined for lists of different lengths, whose items cannot be paired. */
function compareItems(
  place: string,
  sides: readonly Side[],
  lists: readonly (readonly HclValue[])[],
  manner: Manner,
): Contrast[] | undefined {
  const length = lists[0]?.length ?? 0;
  const sameLength = lists.every((list) => list.length === length);
  const items = sameLength ? lists : lists.map((list, i) => withoutRepetition(list, identityAt(sides, i)));
  if (items.some((list) => list.length !== items[0]?.length)) return undefined;
  return Array.from(items[0] ?? [], (_, position) =>
    compareValues(
      below(place, position),
      sides.map(({ type, identity }, i) => ({
        value: items[i]?.[position],
        type: type && "element" in type ? type.element : undefined,
        identity,
      })),
      manner,
    ),
  ).flat();
}

function compareWhole(place: string, sides: readonly Side[], { sizing = false }: Manner): Contrast[] {
  const textAt = ({ value, identity }: Side, level: (identity: Identity) => Identity) =>
    value === undefined ? null : canonicalText(value, level(identity));
  const isSameAt = (level: (identity: Identity) => Identity) => {
    const [first, ...others] = sides;
    const text = first && textAt(first, level);
    return others.every((side) => textAt(side, level) === text);
  };
  if (LEVELS.some(isSameAt)) return [];
  const values = sides.map((side) => textAt(side, (identity) => identity));
  return [{ place, sizing, values: isHidden(sides) ? values.map((text) => text && "(sensitive)") : values }];
}

/** Whether a value is sensitive: a report hides it as Terraform does. */
function isHidden(sides: readonly Side[]): boolean {
  return sides.some(({ type }) => type?.sensitive);
}

/** The value with its default, its JSON decoded, and the elements of a set under their own texts. */
function opened({ value, type, identity }: Side, { unordered }: Manner): Side {
  const decoded = value instanceof EncodedJson ? value.value : value;
  const elements = decoded instanceof Unordered ? decoded.elements : decoded;
  const given = type === undefined ? elements : orDefault(elements, type);
  const hasNoOrder = unordered || type?.kind === "set" || decoded instanceof Unordered;
  const isSet = hasNoOrder && given !== undefined && isList(given);
  return { value: isSet ? membersOfSet(given) : given, type, identity };
}

/** JSON texts, such as the values of a chart, are compared by their members if every environment has one. */
function withDocuments(sides: readonly Side[]): readonly Side[] {
  const isText = sides.every(({ value }) => typeof value === "string" && /^\s*[[{]/.test(value));
  if (!isText) return sides;
  const documents = sides.map(({ value = null }) => documentOf(value));
  const areDocuments = documents.every((document) => isMapping(document) || isList(document));
  return areDocuments ? sides.map((side, i) => ({ ...side, value: documents[i] })) : sides;
}

function allThat<T extends HclValue>(is: (value: HclValue) => value is T, sides: readonly Side[]): T[] | undefined {
  const found = sides.flatMap(({ value }) => (value !== undefined && is(value) ? [value] : []));
  return found.length === sides.length ? found : undefined;
}

function identityAt(sides: readonly Side[], i: number): Identity {
  return sides[i]?.identity ?? NOBODY;
}

/** Whether the values are equal as they are. Most values are, so this check comes first for speed. */
function isAlike(one: HclValue | undefined, other: HclValue | undefined): boolean {
  if (one === other) return true;
  if (one === undefined || other === undefined || one === null || other === null) return false;
  if (isList(one)) {
    return isList(other) && one.length === other.length && one.every((item, i) => isAlike(item, other[i]));
  }
  if (!isMapping(one) || !isMapping(other)) return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && isAlike(one[key], other[key]))
  );
}
