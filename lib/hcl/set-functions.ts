/** Functions of known sets, which lists are converted to. @see https://developer.hashicorp.com/terraform/language/functions/setunion */
import { unify } from "./unify";
import { Unknown, type Value } from "./unknown";
import { asList, asText, setOf } from "./values";

export const SET_FUNCTIONS = {
  compact: (list: Value) =>
    asList(list)
      .filter((item) => item !== null && item !== "")
      .map(asText),
  setintersection: (...sets: Value[]) =>
    combined(sets, (item, others) => others.every((other) => other.includes(item))),
  setsubtract: (...sets: Value[]) => combined(sets, (item, others) => !others.some((other) => other.includes(item))),
  setunion: (...sets: Value[]) => combined([sets.flatMap(asList)], () => true),
};

type Lists = readonly (readonly Value[])[];

/** What is kept of the first set. Sets of lists or objects are not computed. */
function combined(sets: readonly Value[], keep: (item: Value, others: Lists) => boolean): Value {
  const lists = sets.map(asList);
  const all = unify(lists.flat());
  if (all === undefined || all.some((item) => typeof item === "object")) return new Unknown();
  const textual = all.some((item) => typeof item === "string");
  const [first = [], ...others] = textual ? lists.map((list) => list.map(asText)) : lists;
  return setOf(first.filter((item) => keep(item, others)));
}
