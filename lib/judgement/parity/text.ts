/** A value as text that is the same where the value is. */
import { EncodedJson, isList, isMapping, PartialText, Reference, type Unknown, type Value } from "../hcl";
import { type Identity, isOwnValue, NOBODY, putAside } from "./identity";

/** JSON with identity put aside. What only Terraform will know is shown with the attributes that it is made from. */
export function textOf(value: Value, identity: Identity = NOBODY): string {
  if (typeof value === "string") return JSON.stringify(putAside(value, identity));
  if (value instanceof EncodedJson) return textOf(value.value, identity);
  if (isList(value)) {
    return `[${withoutRepetition(value, identity)
      .map((item) => textOf(item, identity))
      .join(", ")}]`;
  }
  if (isMapping(value)) {
    const members = Object.entries(value).map(
      ([key, member]) => `${textOf(key, identity)}: ${textOf(member, identity)}`,
    );
    return `{${members.sort().join(", ")}}`;
  }
  return typeof value === "object" && value !== null ? putAside(textOfUnknown(value), identity) : JSON.stringify(value);
}

function textOfUnknown(value: Unknown): string {
  if (value instanceof PartialText) {
    return `"${value.parts.map((part) => (typeof part === "string" ? part : textOfUnknown(part))).join("")}"`;
  }
  if (value instanceof Reference) return `\${${value.path === "" ? value.address : `${value.address}.${value.path}`}}`;
  const origin = value.references.map(textOfUnknown).sort();
  return `(known after apply${origin.length === 0 ? "" : `, from ${origin.join(", ")}`})`;
}

/** How many own values follow each other is identity too: two people of `<people>` are as good as one. */
export function withoutRepetition(list: readonly Value[], identity: Identity): readonly Value[] {
  return list.filter((item, i) => {
    const previous = list[i - 1];
    if (typeof item !== "string" || typeof previous !== "string" || !isOwnValue(item, identity)) return true;
    return putAside(previous, identity) !== putAside(item, identity);
  });
}
