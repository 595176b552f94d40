/** Canonical text of values: equal for equal values. */
import { type HclValue, show } from "../hcl";
import { type Identity, isIdentityValue, NOBODY, withPlaceholders } from "./identity";

/** JSON with placeholders for identity values and with sorted members. */
export function canonicalText(value: HclValue, identity: Identity = NOBODY): string {
  return show(value, {
    text: (text) => withPlaceholders(text, identity),
    elements: (list) => withoutRepetition(list, identity),
    members: (printed) => printed.sort(),
    origins: true,
  });
}

/** The number of adjacent identity values with one placeholder is identity too: `<people>` may be two people or one. */
export function withoutRepetition(list: readonly HclValue[], identity: Identity): readonly HclValue[] {
  return list.filter((item, i) => {
    const previous = list[i - 1];
    if (typeof item !== "string" || typeof previous !== "string" || !isIdentityValue(item, identity)) return true;
    return withPlaceholders(previous, identity) !== withPlaceholders(item, identity);
  });
}
