import fc from "fast-check";
import { RE2JS } from "re2js";
import { isPlain, problemOfPattern } from "../../../../lib/generator/inputs/re2";

test.each([/^[a-z]+$/, /^(?:a|b)+$/, /^(?<year>\d{4})$/, /^\p{L}+$/u, /^(?:a{2}){3}$/, /^[\w\-./*?]*$/, /^.{1,1000}$/])(
  "%s means the same to Terraform",
  (pattern) => {
    expect(problemOfPattern(pattern)).toBeUndefined();
  },
);

/** Not as a literal, which the linter corrects. */
const written = (source: string) => new RegExp(source);

test.each([
  [/^[\b]$/, ", which RE2 refuses (invalid escape sequence: `\\b`)"],
  [/^(?!aws)/, ", which RE2 refuses (invalid or unsupported Perl syntax: `(?!`)"],
  [/^(a)\1$/, ", which RE2 refuses (invalid escape sequence: `\\1`)"],
  [/^.{1,1001}$/, ", which RE2 refuses (invalid repeat count: `{1,1001}`)"],
  [/^(?:.{100}){100}$/, ", which RE2 refuses (invalid repeat count: `{100}`)"],
  [written("^[^]$"), ", which RE2 refuses (missing closing ]: `[^]$`)"],
  [written("^[a-\\d]$"), ", which RE2 refuses (invalid escape sequence: `\\d`)"],
  [/^[a-z]+$/i, " with flags"],
  [written("^\\Aa$"), ", which JavaScript reads differently from RE2"],
  [/^p{L}$/, ", which JavaScript reads differently from RE2"],
  [/^[[:alpha:]]$/, ", which JavaScript reads differently from RE2"],
])("%s is refused", (pattern, problem) => {
  expect(problemOfPattern(pattern)).toBe(`the pattern ${pattern}${problem}`);
});

const piece = fc.constantFrom(
  ..."a Z 0 - . : / @ ^ $ | ( ) (?: [ [^ ] * + ? {2} {1,999} {3,} \\d \\w \\s \\. \\- \\[ \\] \\\\ a-z 0-9".split(" "),
);

test("RE2 accepts every pattern that is accepted without loading it", () => {
  let plain = 0;
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join("")),
      (source) => {
        fc.pre(isPlain(source) && isJavaScript(source));
        plain++;
        expect(() => RE2JS.compile(source)).not.toThrow();
      },
    ),
    { numRuns: 2000, maxSkipsPerRun: 1000 },
  );
  expect(plain).toBe(2000);
});

function isJavaScript(source: string): boolean {
  try {
    new RegExp(source);
    return true;
  } catch {
    return false;
  }
}
