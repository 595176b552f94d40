/** Values of the source, with the current values of the attributes to which they refer. */
import type { RootConfiguration } from "../configuration";
import {
  EncodedJson,
  type HclValue,
  hasUnknown,
  isList,
  isMapping,
  PartialText,
  Reference,
  textFrom,
  Unknown,
} from "../hcl";

/** A reference to a resource that is not in the state stays unknown. */
export function resolved(value: HclValue, state: RootConfiguration): HclValue {
  if (value instanceof Reference) return state.at(value.address)?.values[value.path] ?? value;
  if (value instanceof PartialText) {
    const parts = value.parts.map((part) => (part instanceof Reference ? resolved(part, state) : part));
    return textFrom(parts.filter((part) => typeof part === "string" || part instanceof Unknown));
  }
  if (value instanceof EncodedJson) {
    const document = resolved(value.value, state);
    return hasUnknown(document) ? new EncodedJson(document) : document;
  }
  if (isList(value)) return value.map((item) => resolved(item, state));
  if (!isMapping(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, resolved(member, state)]));
}
