/**
 * Checks that a JavaScript pattern has the same meaning in RE2, the regular expression syntax of Terraform.
 * @see https://github.com/google/re2/wiki/Syntax
 */

/** The pattern and the reason why Terraform cannot use it; undefined if both engines read it alike. */
export function problemOfPattern(pattern: RegExp): string | undefined {
  if (/[^u]/.test(pattern.flags)) return `the pattern ${pattern} with flags`;
  if (isPlain(pattern.source)) return undefined;
  const refusal = refusalOf(pattern.source);
  if (refusal !== undefined) return `the pattern ${pattern}, which RE2 refuses (${refusal})`;
  return isStrict(pattern) ? undefined : `the pattern ${pattern}, which JavaScript reads differently from RE2`;
}

/**
 * Patterns of letters, common punctuation, `\d \w \s`, classes of these, groups, and repeats of one character. RE2 accepts
 * each of them that JavaScript accepts. Nearly all patterns match, and loading RE2 takes a tenth of the time of a synth.
 */
export function isPlain(source: string): boolean {
  return source.length < 500 && PLAIN.test(source);
}

const ESCAPE = String.raw`\\[dws.*+?^$()|[\]{}\\/]`;
const PLAIN = new RegExp(
  String.raw`^(?:[\w .,:;/@=#&%~"'<>!-]|${ESCAPE}|\[\^?(?:[\w .,:;/@=#&%~"'<>!*+?()$|]|-(?!\\[dws])|\\-|${ESCAPE})+\]|[\^$|*+?]|\((?:\?:|(?!\?))|\)(?!\{)|\{\d{1,3}(?:,(?:\d{1,3})?)?\})*$`,
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

/** Without the flag `u`, JavaScript reads an unknown escape or a stray bracket as the character itself. */
function isStrict({ source, unicode }: RegExp): boolean {
  try {
    new RegExp(source, "u");
    return unicode || !/\\[pPu]/.test(source);
  } catch {
    return false;
  }
}
