/** Go's regular expressions in JavaScript. @see https://github.com/google/re2/wiki/Syntax */

type Rules = readonly (readonly [RegExp, (match: RegExpExecArray) => string | undefined])[];

const known = new Map<string, RegExp | undefined>();

/** A global expression; undefined where JavaScript cannot say the same, or where the pattern is wrong. */
export function fromRe2(pattern: string): RegExp | undefined {
  if (!known.has(pattern)) known.set(pattern, compile(pattern));
  return known.get(pattern);
}

function compile(pattern: string): RegExp | undefined {
  const [flagged = "", flags = ""] = /^\(\?([is]+)\)/.exec(pattern) ?? [];
  const translated = translate(pattern.slice(flagged.length), [...(flags.includes("s") ? ANY : []), ...OUTSIDE]);
  if (translated === undefined) return undefined;
  try {
    return new RegExp(translated, flags.includes("i") ? "giu" : "gu");
  } catch {
    return undefined;
  }
}

function translate(pattern: string, rules: Rules): string | undefined {
  let translated = "";
  let rest = pattern;
  while (rest !== "") {
    const [match, write] = firstMatch(rest, rules);
    const piece = match === undefined ? undefined : write?.(match);
    if (match === undefined || piece === undefined) return undefined;
    translated += piece;
    rest = rest.slice(match[0].length);
  }
  return translated;
}

function firstMatch(text: string, rules: Rules) {
  for (const [form, write] of rules) {
    const match = form.exec(text);
    if (match !== null) return [match, write] as const;
  }
  return [] as const;
}

const same = ([text]: RegExpExecArray) => text;
const literal = (text: string) => `\\u{${text.codePointAt(0)?.toString(16)}}`;

const ESCAPES: Rules = [
  [/^\\[dDwWnrtfv]/u, same],
  [/^\\a/u, () => "\\x07"],
  [/^\\x[\da-f]{2}/iu, same],
  [/^\\x\{([\da-f]+)\}/iu, ([, code]) => `\\u{${code}}`],
  [/^\\([^\p{L}\p{N}_])/u, ([, character = ""]) => literal(character)],
];

/** Go's `.` leaves out nothing but the line feed. */
const ANY: Rules = [[/^\./, () => "[^]"]];

const OUTSIDE: Rules = [
  ...ESCAPES,
  [/^\\[bB]/, same],
  [/^\\s/, () => "[\\t\\n\\f\\r ]"],
  [/^\\S/, () => "[^\\t\\n\\f\\r ]"],
  [/^\\A/, () => "^"],
  [/^\\z/, () => "$"],
  [/^\(\?P?<(\w+)>/, ([, name]) => `(?<${name}>`],
  [/^\(\?:/, same],
  [/^\(\?/, () => undefined],
  [/^\{\d{1,3}(?:,(?:\d{1,3})?)?\}/, same],
  [/^\./, () => "[^\\n]"],
  [/^[()|^$*+?]/, same],
  [
    /^\[(\^?)((?:\](?=.*\]))?(?:\\.|\[:\w+:\]|[^\]\\])*)\]/u,
    ([, not = "", inside = ""]) => characterClass(not, inside),
  ],
  [/^[^\\[]/u, ([character]) => literal(character)],
];

function characterClass(not: string, inside: string): string | undefined {
  const translated = translate(inside, INSIDE);
  return translated === undefined ? undefined : `[${not}${translated}]`;
}

const INSIDE: Rules = [
  ...ESCAPES,
  [/^\\s/, () => "\\t\\n\\f\\r "],
  [/^\[:(\w+):\]/, ([, name = ""]) => (Object.hasOwn(POSIX, name) ? POSIX[name] : undefined)],
  [/^-/, same],
  [/^[^\\]/u, ([character]) => literal(character)],
];

const POSIX: Readonly<Record<string, string>> = {
  alnum: "A-Za-z0-9",
  alpha: "A-Za-z",
  blank: "\\t ",
  digit: "0-9",
  lower: "a-z",
  space: "\\t\\n\\v\\f\\r ",
  upper: "A-Z",
  word: "\\w",
  xdigit: "0-9A-Fa-f",
};
