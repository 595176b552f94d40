/** A value as text that is the same where the value is. */
import { show, type Value } from "../hcl";
import { type Identity, isOwnValue, NOBODY, putAside } from "./identity";

/** JSON in which own values are replaced, and the members of objects are sorted. */
export function canonicalText(value: Value, identity: Identity = NOBODY): string {
  return show(value, {
    text: (text) => putAside(text, identity),
    elements: (list) => withoutRepetition(list, identity),
    members: (printed) => printed.sort(),
    origins: true,
  });
}

/** How many own values follow each other is identity too: two people of `<people>` are as good as one. */
export function withoutRepetition(list: readonly Value[], identity: Identity): readonly Value[] {
  return list.filter((item, i) => {
    const previous = list[i - 1];
    if (typeof item !== "string" || typeof previous !== "string" || !isOwnValue(item, identity)) return true;
    return putAside(previous, identity) !== putAside(item, identity);
  });
}
