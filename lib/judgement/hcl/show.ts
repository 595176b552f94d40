/** Prints values for people. */
import { EncodedJson, type HclValue, isList, PartialText, Reference, Unknown, Unordered } from "./unknown";

/** What a printer does with the parts of a value. */
export interface Notation {
  /** Text, before it is quoted. */
  text(text: string): string;
  elements(list: readonly HclValue[]): readonly HclValue[];
  /** The printed members of an object. */
  members(printed: string[]): string[];
  /** Whether a value that is known after the apply is followed by the attributes that it is made from. */
  readonly origins: boolean;
}

const AS_IT_IS: Notation = {
  text: (text) => text,
  elements: (list) => list,
  members: (printed) => printed,
  origins: false,
};

/** JSON, in which a value that is known after the apply is the interpolation that it comes from. */
export function show(value: HclValue, notation = AS_IT_IS): string {
  if (typeof value === "string") return JSON.stringify(notation.text(value));
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (value instanceof Unknown) return showUnknown(value, notation);
  if (isList(value)) {
    const elements = notation.elements(value).map((element) => show(element, notation));
    return `[${elements.join(", ")}]`;
  }
  const members = Object.entries(value).map(([key, member]) => `${show(key, notation)}: ${show(member, notation)}`);
  return `{${notation.members(members).join(", ")}}`;
}

/** Text without quotes; any other value as `show` prints it. */
export function bare(value: HclValue): string {
  return typeof value === "string" ? value : show(value);
}

/** Stands for a value that Terraform hides. It is unknown, so that no rule judges a text in its place. */
export const SENSITIVE = new Unknown();

function showUnknown(value: Unknown, notation: Notation): string {
  if (value === SENSITIVE) return "(sensitive value)";
  if (value instanceof PartialText) {
    const parts = value.parts.map((part) =>
      typeof part === "string" ? notation.text(part) : showUnknown(part, notation),
    );
    return `"${parts.join("")}"`;
  }
  if (value instanceof EncodedJson) return show(value.value, notation);
  if (value instanceof Unordered) return show(value.elements, notation);
  if (value instanceof Reference) {
    return `\${${notation.text(value.path === "" ? value.address : `${value.address}.${value.path}`)}}`;
  }
  const origins = notation.origins ? value.references.map((reference) => showUnknown(reference, notation)).sort() : [];
  return `(known after apply${origins.length === 0 ? "" : `, from ${origins.join(", ")}`})`;
}
