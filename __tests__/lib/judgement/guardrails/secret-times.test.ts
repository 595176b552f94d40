/**
 * No search for secrets takes more than linear time, with any content of a value. Two proofs: an attempt of a pattern at one
 * position has a limit, and a text that is four times as long gives the patterns no more than four times as many characters.
 */
import { ASSIGNMENTS, FORMS, PASSWORD_PLACES } from "../../../../lib/judgement/guardrails/secret-forms";
import {
  endsLikeSecretName,
  findSecret,
  looksLikeSecretName,
} from "../../../../lib/judgement/guardrails/secret-patterns";
import { secretsIn } from "../../../../lib/judgement/guardrails/secret-values";
import { PartialText } from "../../../../lib/judgement/hcl";
import { redact } from "../../../../lib/judgement/redact";

/** Prefixes of secrets, and the text that their patterns repeat: values of these almost match everywhere. */
const PIECES = [
  "AKIA",
  "-----BEGIN A ",
  "-----BEGIN ",
  "A ",
  "ghp_a",
  "github_pat_",
  "glpat-",
  "xoxb-a-",
  "hooks.slack.com/services/T",
  "sk_live_",
  "npm_",
  "sk-ant-api01-",
  "sk-aaaaT3",
  "AIza",
  "SG.aaaaaaaaaaaaaaaa.",
  "hvs.",
  "eyJaaaaaaaaaa-",
  "eyJaaaaaaaaaa.",
  "authorization: ",
  'authorization:"',
  "Bearer ",
  "a.",
  "a+",
  "a:",
  "://",
  "://a:",
  "://a",
  "postgres://a:b",
  "a:b@",
  "a:a@tcp",
  "jdbc:oracle:thin:",
  "jdbc:oracle:a/",
  "curl ",
  "curl -u ",
  "curl -u a",
  "mysql ",
  "mysql -",
  "redis-cli a",
  "sshpass ",
  "<a>",
  "<a>a",
  "name:a ",
  "name:a\nvalue",
  "&sig=",
  "-u a:",
  "echo a:",
  "chpasswd <<",
  "chpasswd:\n",
  "docker login ",
  "net user a ",
  "login a password",
  "ConvertTo-SecureString ",
  ":a:a:",
  "alter user a ",
  "a/a@a",
  "--password-stdin ",
  '"auths":{"a":',
  '"d":"',
  "$6$a",
  "$2a$a$",
  "Basic a",
  "%3D",
  "-H 'a: ",
  "key=a value",
  "a: a = '",
  "2d2d2d2d2d424547494e",
  "password",
  "password=",
  "password=a ",
  "password = ",
  'password"',
  'password":',
  "password: a",
  "password:\n",
  "password ",
  "--password",
  "--password ",
  "a-",
  "-",
  "--",
  '"',
  '\\"',
  "'",
  " ",
  "\t",
  "\n",
  "\r\n",
  "=",
  "=>",
  ":",
  "&",
  "?api_key=",
  "a=",
  "a",
  "A",
  "aA",
  "0",
  "_",
  ".",
  "@",
  "QUJD",
  "QUJDREVGR0hJSktMTU5PUFFSU1Q= ",
  "cGFzc3dvcmQ9aHVudGVy",
  "H4sI",
  "[",
  '{"a":',
  "[],",
  '"a",',
  "KMS_",
  "_KMS_A",
  "TOKEN_",
  "PASSWORD1",
  "SECRETS",
  "MIN_",
  "é",
  "\uFFFC",
  "$",
  "\u0000",
] as const;

const SEARCHES: Readonly<Record<string, (text: string) => unknown>> = {
  "in a text": findSecret,
  "in a text with unknown pieces": (text) => findSecret(new PartialText([text, "=", text])),
  "in a value": (text) => secretsIn({ value: text, other: `["${text.replaceAll(/["\\\p{Cc}]/gu, "")}"]` }, ""),
  "in a message": redact,
  "in a name": (text) => [looksLikeSecretName(text), endsLikeSecretName(text)],
};

/** Repetitions without a limit: parts of patterns, each with the reason why all attempts together take linear time. */
const WITHOUT_LIMIT: Readonly<Record<string, string>> = {
  "net1?(\\.exe)?[ \\t]+user": "an attempt begins at a letter, and the repetition is of spaces",
  "(?:pass(?:word|wd|phrase)?|pwd|secret|credential|token|key)s?\\d*":
    "an attempt begins at a letter, and the repetition is of digits",
  '"(existing\\w*|config)': "an attempt begins at a quotation mark, which the repetition does not contain",
  '^[ \\t\\r\\n]*(?:[[{"]|(?:true|false|null|-?\\d[\\d.eE+-]*)[ \\t\\r\\n]*$)':
    "there is one attempt, and what follows a repetition begins with no character of it",
};

/** Names are cut to their last 256 characters. */
const LONGEST_NAME = 300;

describe("of a text that repeats a piece,", () => {
  let work = 0;
  const searched = new Set<string>();
  const { exec } = RegExp.prototype;
  const { charCodeAt } = String.prototype;
  const { parse } = JSON;

  beforeAll(() => {
    jest.spyOn(RegExp.prototype, "exec").mockImplementation(function (this: RegExp, text: string) {
      const start = this.global ? this.lastIndex : 0;
      const match = exec.call(this, text);
      work += 1 + (match === null ? text.length : match.index + match[0].length) - start;
      if (text.length > LONGEST_NAME) searched.add(this.source);
      return match;
    });
    jest.spyOn(String.prototype, "charCodeAt").mockImplementation(function (this: string, index: number) {
      work += 1;
      return charCodeAt.call(this, index);
    });
    jest.spyOn(JSON, "parse").mockImplementation((text: string, reviver?) => {
      work += text.length;
      return parse(text, reviver);
    });
  });
  afterAll(() => jest.restoreAllMocks());

  const workOf = (search: (text: string) => unknown, text: string) => {
    work = 0;
    search(text);
    return work;
  };

  test.each(Object.entries(SEARCHES))("%s, four times the length is not more than four times the work", (_, search) => {
    const grown = PIECES.map((piece) => {
      const [short, long] = [4000, 16_000].map((length) => workOf(search, filled(piece, length)));
      return [piece, short, long] as const;
    });
    // What a single match adds to the work does not grow.
    expect(grown.filter(([, short = 0, long = 0]) => short === 0 || long > 4.1 * short)).toEqual([]);
  });

  test("the count of the work shows a search that is quadratic", () => {
    const quadratic = (text: string) => [...text].map((_, i) => /b$/.test(text.slice(i)));
    expect(workOf(quadratic, filled("a", 400))).toBeGreaterThan(4.1 * workOf(quadratic, filled("a", 100)));
  });

  test("an attempt of each pattern that was searched for has a limit, or a reason to need none", () => {
    expect(searched.size).toBeGreaterThan(60);
    const withoutReason = [...searched].filter((source) =>
      isWithoutLimit(Object.keys(WITHOUT_LIMIT).reduce((rest, part) => rest.replace(part, ""), source)),
    );
    expect(withoutReason).toEqual([]);
    const unneeded = Object.keys(WITHOUT_LIMIT).filter((part) => ![...searched].some((one) => one.includes(part)));
    expect(unneeded).toEqual([]);
  });
});

test("an attempt of each pattern of the tables has a limit", () => {
  const patterns = [...[...FORMS, ...PASSWORD_PLACES].map(({ pattern }) => pattern), ...ASSIGNMENTS];
  expect(patterns.map(({ source }) => source).filter(isWithoutLimit)).toEqual([]);
});

test.each([
  ["a+b", true],
  ["(?:a|b)*", true],
  ["a{3,}", true],
  ["[a-z]{1,}b", true],
  ["(a)\\1", true],
  ["(?<b>a)\\k<b>", true],
  ["a\\+b?", false],
  ["[*+\\]{2,}]{0,4}", false],
])("whether an attempt of %s is without a limit is %s", (source, without) => {
  expect(isWithoutLimit(source)).toBe(without);
});

/** The slowest ones, and patterns that are a single run of a character class. */
test.each(["a-", "eyJaaaaaaaaaa-", "password=", "curl -u a", "a.", "a", " ", "QUJD", '"', "[", "://a:", "A "])(
  "8 MB of %j do not exhaust the stack",
  (piece) => {
    expect(() => findSecret(filled(piece, 8_000_000))).not.toThrow();
  },
  120_000,
);

function filled(piece: string, length: number): string {
  return piece.repeat(Math.ceil(length / piece.length));
}

/** Whether a pattern repeats something without a limit, or refers to what a group matched. */
function isWithoutLimit(source: string): boolean {
  if (/\\[1-9]|\\k</.test(source)) return true;
  const withoutClasses = source.replaceAll(/\\.|\[(?:\\.|[^\]\\])*\]/gs, "x");
  return /[*+]|\{\d+,\}/.test(withoutClasses);
}
