/** Functions on known text. @see https://developer.hashicorp.com/terraform/language/functions */
import { characters } from "../../common/characters";
import { allMatches } from "./regex";
import type { HclValue } from "./unknown";
import { asNumber, asText, EvaluationError, wrong } from "./values";

export const TEXT_FUNCTIONS = {
  cidrnetmask: (prefix: HclValue) => netmask(asText(prefix)),
  lower: (text: HclValue) => eachCharacter(asText(text), (character) => character.toLowerCase()),
  regex: (pattern: HclValue, text: HclValue) => regex(asText(pattern), asText(text)),
  regexall: (pattern: HclValue, text: HclValue) => allMatches(asText(pattern), asText(text)).map(captured),
  replace: (text: HclValue, wanted: HclValue, by: HclValue) => replace(asText(text), asText(wanted), asText(by)),
  split: (separator: HclValue, text: HclValue) => split(asText(separator), asText(text)),
  strcontains: (text: HclValue, part: HclValue) => asText(text).includes(asText(part)),
  substr: (text: HclValue, offset: HclValue, length: HclValue) =>
    substr(asText(text), asNumber(offset), asNumber(length)),
  trim: (text: HclValue, characters: HclValue) => trim(Array.from(asText(text)), asText(characters)),
  trimprefix: (text: HclValue, prefix: HclValue) => withoutPrefix(asText(text), asText(prefix)),
  trimspace: (text: HclValue) => asText(text).replace(SPACE_AROUND, ""),
  trimsuffix: (text: HclValue, suffix: HclValue) => withoutSuffix(asText(text), asText(suffix)),
  upper: (text: HclValue) => eachCharacter(asText(text), (character) => character.toUpperCase()),
};

/** Go maps one code point to one code point: "ß" is unchanged. */
function eachCharacter(text: string, change: (character: string) => string): string {
  const changed = (character: string) => (Array.from(change(character)).length === 1 ? change(character) : character);
  return Array.from(text, changed).join("");
}

function regex(pattern: string, text: string): HclValue {
  const [first] = allMatches(pattern, text);
  if (first !== undefined) return captured(first);
  throw new EvaluationError(`got ${JSON.stringify(text)}; allowed: text that matches ${pattern}`);
}

/** @see https://developer.hashicorp.com/terraform/language/functions/regex */
function captured(match: RegExpMatchArray): HclValue {
  const [whole, ...groups] = match;
  const named = Object.entries(match.groups ?? {});
  if (groups.length === 0) return whole;
  if (named.length === 0) return groups.map((group) => group ?? null);
  if (named.length < groups.length) throw new EvaluationError("got named and unnamed groups; allowed: one of both");
  return Object.fromEntries(named.map(([name, group]) => [name, group ?? null]));
}

/** `wanted` between slashes is a regular expression. @see https://developer.hashicorp.com/terraform/language/functions/replace */
function replace(text: string, wanted: string, by: string): HclValue {
  const [, pattern] = /^\/(.*)\/$/s.exec(wanted) ?? [];
  if (pattern !== undefined) return replaceMatches(text, pattern, by);
  return wanted === ""
    ? ["", ...Array.from(text), ""].join(by).normalize()
    : text.replaceAll(wanted, () => by).normalize();
}

function replaceMatches(text: string, pattern: string, by: string): HclValue {
  let replaced = "";
  let end = 0;
  for (const match of allMatches(pattern, text)) {
    const start = match.index ?? 0;
    replaced += text.slice(end, start) + expanded(by, match);
    end = start + match[0].length;
  }
  return (replaced + text.slice(end)).normalize();
}

/** @see https://pkg.go.dev/regexp#Regexp.Expand */
function expanded(template: string, match: RegExpMatchArray): string {
  return template.replace(/\$(?:\{(\w+)\}|(\w+)|\$)/g, (_, braced?: string, bare?: string) => {
    const name = braced ?? bare;
    if (name === undefined) return "$";
    return (/^\d+$/.test(name) ? match[Number(name)] : match.groups?.[name]) ?? "";
  });
}

function split(separator: string, text: string): string[] {
  return separator === "" ? Array.from(text) : text.split(separator);
}

function substr(text: string, offset: number, length: number): string {
  const all = characters(text);
  const start = offset < 0 ? Math.max(0, offset + all.length) : offset;
  return all.slice(start, length < 0 ? undefined : start + length).join("");
}

function trim(text: readonly string[], cut: string): string {
  const stays = (character: string) => !Array.from(cut).includes(character);
  const start = text.findIndex(stays);
  return start < 0 ? "" : text.slice(start, text.findLastIndex(stays) + 1).join("");
}

function withoutPrefix(text: string, prefix: string): string {
  return text.startsWith(prefix) ? text.slice(prefix.length) : text;
}

function withoutSuffix(text: string, suffix: string): string {
  return text.endsWith(suffix) ? text.slice(0, text.length - suffix.length) : text;
}

/** White space of Go's `unicode.IsSpace`. */
const SPACE_CHARACTERS = "[\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+";
const SPACE_AROUND = new RegExp(`^${SPACE_CHARACTERS}|${SPACE_CHARACTERS}$`, "g");

/** Only IPv4 has such masks. @see https://developer.hashicorp.com/terraform/language/functions/cidrnetmask */
function netmask(prefix: string): string {
  const [, address, bits = ""] = /^(\d{1,3}(?:\.\d{1,3}){3})\/(\d{1,2})$/.exec(prefix) ?? [];
  if (!address?.split(".").every((byte) => Number(byte) <= 255) || Number(bits) > 32) {
    throw wrong(prefix, "an IPv4 prefix such as 10.0.0.0/16");
  }
  const bytes = [0, 8, 16, 24].map((offset) => 256 - 2 ** (8 - Math.min(8, Math.max(0, Number(bits) - offset))));
  return bytes.join(".");
}
