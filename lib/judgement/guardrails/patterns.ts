/** Patterns in policies: `*` matches any text, `?` one character. */
import type { HclValue } from "../hcl";

/** Whether a text contains a wildcard. Other values contain none. */
export function hasWildcard(pattern: HclValue): boolean {
  return typeof pattern === "string" && /[*?]/.test(pattern);
}

/** Whether the pattern consists of `*`, possibly with `?`. */
export function isAnything(pattern: HclValue): boolean {
  return typeof pattern === "string" && /^[*?]*\*[*?]*$/.test(pattern);
}

/** Returns a test for texts that the pattern matches, in any case. */
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
