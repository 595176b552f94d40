/** Go's regular expressions, by a port of Go's parser and matcher. @see https://pkg.go.dev/regexp/syntax */
import type { RE2JS } from "re2js";
import { EvaluationError } from "./values";

const known = new Map<string, RE2JS>();

/** Matches from left to right. Go skips an empty match that follows another match. @throws EvaluationError if the pattern is invalid */
export function allMatches(pattern: string, text: string): RegExpMatchArray[] {
  let end = -1;
  return [...compiled(pattern).matchAll(text)].filter((match) => {
    const start = match.index ?? 0;
    const abuts = match[0] === "" && start === end;
    end = start + match[0].length;
    return !abuts;
  });
}

function compiled(pattern: string): RE2JS {
  const before = known.get(pattern);
  if (before !== undefined) return before;
  const made = compile(pattern);
  known.set(pattern, made);
  return made;
}

/** Loading the library takes as long as evaluating a root, so the first pattern loads it. */
function compile(pattern: string): RE2JS {
  const { RE2JS, RE2JSSyntaxException }: typeof import("re2js") = require("re2js");
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error;
    throw new EvaluationError(`got the pattern ${pattern}: ${error.message}`);
  }
}
