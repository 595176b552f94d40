/** A value as people read it in a message. */
import { EncodedJson, PartialText, Reference, Unknown, Unordered, type Value } from "../hcl";

/** JSON, with what only Terraform will know as the interpolation that it stems from. */
export function show(value: Value): string {
  if (value instanceof Unknown) return showUnknown(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (isList(value)) return `[${value.map(show).join(", ")}]`;
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}: ${show(member)}`);
  return `{${members.join(", ")}}`;
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** Stands for what Terraform does not show. It is unknown, so that no rule takes a stand-in's text for the value. */
export const SENSITIVE = new Unknown();

function showUnknown(value: Unknown): string {
  if (value === SENSITIVE) return "(sensitive value)";
  if (value instanceof PartialText) {
    return `"${value.parts.map((part) => (typeof part === "string" ? part : showUnknown(part))).join("")}"`;
  }
  if (value instanceof EncodedJson) return show(value.value);
  if (value instanceof Unordered) return show(value.elements);
  if (value instanceof Reference) return `\${${value.address}${value.path === "" ? "" : `.${value.path}`}}`;
  return "(known after apply)";
}
