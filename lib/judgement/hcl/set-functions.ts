/** Functions on sets. Lists are converted to sets. @see https://developer.hashicorp.com/terraform/language/functions/setunion */
import { unify } from "./unify";
import { type HclValue, isUnknown, Unknown, Unordered, unknownFrom } from "./unknown";
import { asList, asText, setOf } from "./values";

export const SET_FUNCTIONS = {
  compact: (list: HclValue) =>
    asList(list)
      .filter((item) => item !== null && item !== "")
      .map(asText),
  setintersection: (...sets: HclValue[]) =>
    combined(sets, (item, others) => others.every((other) => other.includes(item))),
  setsubtract: (...sets: HclValue[]) => combined(sets, (item, others) => !others.some((other) => other.includes(item))),
};

/** A union contains all elements, known or unknown. */
export function setunion(...sets: HclValue[]): HclValue {
  const lists = sets.map((set) => (set instanceof Unordered ? set.elements : isUnknown(set) ? undefined : asList(set)));
  const elements = lists.flatMap((list) => list ?? []);
  if (lists.includes(undefined)) return unknownFrom(...sets);
  return elements.some(isUnknown) ? setOf(elements) : combined([elements], () => true);
}

type Lists = readonly (readonly HclValue[])[];

/** The elements of the first set that `keep` selects. The result for sets of lists or objects is unknown. */
function combined(sets: readonly HclValue[], keep: (item: HclValue, others: Lists) => boolean): HclValue {
  const lists = sets.map(asList);
  const all = unify(lists.flat());
  if (all === undefined || all.some((item) => typeof item === "object")) return new Unknown();
  const textual = all.some((item) => typeof item === "string");
  const [first = [], ...others] = textual ? lists.map((list) => list.map(asText)) : lists;
  return setOf(first.filter((item) => keep(item, others)));
}
