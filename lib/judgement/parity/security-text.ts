/**
 * The network paths and permissions of a call as one text. Environments with equal texts do not differ, so a system with many
 * environments is compared root by root, by several threads and without all evaluated roots in memory.
 */
import { EncodedJson, type HclValue, isList, isMapping, type Mapping, Unordered } from "../hcl";
import { type Identity, withoutEnvironment, withPlaceholders } from "./identity";
import { membersOfSet } from "./keys";
import { canonicalText } from "./text";

export interface SecurityText {
  /** With placeholders for all identity values. */
  readonly text: string;
  /**
   * The names of keys, with all placeholders, by their texts with fewer placeholders. A comparison pairs keys with equal texts
   * before it pairs keys with equal names.
   */
  readonly names: ReadonlyMap<string, string>;
}

/** Undefined if a comparison could pair keys in another order than by their names. */
export function securityText(value: HclValue, identity: Identity): SecurityText | undefined {
  const writer = new Writer(identity);
  const text = writer.text(value);
  return writer.isClear ? { text, names: writer.names } : undefined;
}

class Writer {
  readonly names = new Map<string, string>();
  isClear = true;

  constructor(private readonly identity: Identity) {}

  /** A comparison decodes JSON and compares lists as sets. */
  text(value: HclValue): string {
    const decoded = value instanceof EncodedJson ? value.value : value;
    const elements = decoded instanceof Unordered ? decoded.elements : decoded;
    if (isList(elements)) return this.members(membersOfSet(elements));
    return isMapping(elements) ? this.members(elements) : canonicalText(elements, this.identity);
  }

  private members(mapping: Mapping): string {
    const members = new Map<string, string>();
    for (const key of Object.keys(mapping)) {
      const value = mapping[key] ?? null;
      const name = this.nameOf(key);
      const member = value === key ? JSON.stringify(name) : `${JSON.stringify(name)}: ${this.text(value)}`;
      const other = members.get(name);
      // A text in a set is its own key. A comparison takes texts with equal names for one.
      if (other !== undefined && (value !== key || other !== member)) this.isClear = false;
      members.set(name, member);
    }
    return `{${[...members.values()].sort().join(", ")}}`;
  }

  private nameOf(key: string): string {
    const name = withPlaceholders(key, this.identity);
    if (key.includes("<")) this.isClear = false;
    if (name === key) return name;
    for (const text of [key, withPlaceholders(key, withoutEnvironment(this.identity))]) {
      if ((this.names.get(text) ?? name) !== name) this.isClear = false;
      this.names.set(text, name);
    }
    return name;
  }
}
