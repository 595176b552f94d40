/** Patterns of policies: `*` stands for any text, and `?` for one character. */
import type { Value } from "../hcl";

/** Whether a text has a wildcard in it. Other values have none. */
export function hasWildcard(pattern: Value): boolean {
  return typeof pattern === "string" && /[*?]/.test(pattern);
}

/** Whether all that the pattern consists of is `*`, perhaps beside `?`. */
export function isAnything(pattern: Value): boolean {
  return typeof pattern === "string" && /^[*?]*\*[*?]*$/.test(pattern);
}

/** A test for the texts that a pattern covers, whatever their case. */
export function coveredBy(pattern: string): (text: string) => boolean {
  const known = COMPILED.get(pattern);
  if (known !== undefined) return known;
  const compiled = compile(pattern);
  const isCovered = (text: string) => compiled.test(text);
  COMPILED.set(pattern, isCovered);
  return isCovered;
}

const COMPILED = new Map<string, (text: string) => boolean>();

function compile(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*+/g, ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "is");
}
