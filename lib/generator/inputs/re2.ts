/**
 * Whether a pattern of JavaScript means the same in RE2, whose regular expressions Terraform has.
 * @see https://github.com/google/re2/wiki/Syntax
 */

/** The pattern and why Terraform cannot use it; undefined where it means the same to both. */
export function problemOfPattern(pattern: RegExp): string | undefined {
  if (/[^u]/.test(pattern.flags)) return `the pattern ${pattern} with flags`;
  if (isPlain(pattern.source)) return undefined;
  const refusal = refusalOf(pattern.source);
  if (refusal !== undefined) return `the pattern ${pattern}, which RE2 refuses (${refusal})`;
  return isStrict(pattern) ? undefined : `the pattern ${pattern}, which JavaScript reads differently from RE2`;
}

/**
 * Patterns of letters, common punctuation, `\d \w \s`, classes of these, groups, and repeats of one character: both take
 * them if JavaScript does. Nearly all patterns are such, and loading RE2 takes a tenth of the time of a synth.
 */
export function isPlain(source: string): boolean {
  return source.length < 500 && PLAIN.test(source);
}

const ESCAPE = String.raw`\\[dws.*+?^$()|[\]{}\\/]`;
const PLAIN = new RegExp(
  String.raw`^(?:[\w .,:;/@=#&%~"'<>!-]|${ESCAPE}|\[\^?(?:[\w .,:;/@=#&%~"'<>!*+?()$|-]|\\-|${ESCAPE})+\]|[\^$|*+?]|\((?:\?:|(?!\?))|\)(?!\{)|\{\d{1,3}(?:,(?:\d{1,3})?)?\})*$`,
);

/** Loaded on demand. */
function refusalOf(source: string): string | undefined {
  const { RE2JS, RE2JSSyntaxException }: typeof import("re2js") = require("re2js");
  try {
    RE2JS.compile(source);
    return undefined;
  } catch (error) {
    if (error instanceof RE2JSSyntaxException) return error.message.replace(/^error parsing regexp: /, "");
    throw error;
  }
}

/** Without the flag `u`, JavaScript takes an escape or a bracket that means nothing to it for the character itself. */
function isStrict({ source, unicode }: RegExp): boolean {
  try {
    new RegExp(source, "u");
    return unicode || !/\\[pPu]/.test(source);
  } catch {
    return false;
  }
}
