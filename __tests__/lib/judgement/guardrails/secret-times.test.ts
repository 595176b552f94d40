/** No search for secrets takes more than linear time, with any content of a value. */

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

const KILOBYTE = 1000;

/** A quadratic search takes sixteen times as long for four times the text. */
test.each(Object.entries(SEARCHES))(
  "%s, four times the text takes less than ten times as long",
  (_where, search) => {
    for (const piece of PIECES) expect([piece, growth(search, piece, 20 * KILOBYTE, 4, 10)]).toEqual([piece, "linear"]);
  },
  120_000,
);

test("each pattern of the tables takes linear time by itself", () => {
  const patterns = [...[...FORMS, ...PASSWORD_PLACES].map(({ pattern }) => pattern), ...ASSIGNMENTS];
  for (const { source, flags } of patterns) {
    const all = new RegExp(source, `${flags.replace("g", "")}g`);
    const search = (text: string) => Array.from(text.matchAll(all)).length;
    for (const piece of PIECES) {
      expect([source, piece, growth(search, piece, 20 * KILOBYTE, 4, 10)]).toEqual([source, piece, "linear"]);
    }
  }
}, 120_000);

/** The slowest ones, and patterns that are a single run of a character class. */
test.each(["a-", "eyJaaaaaaaaaa-", "password=", "curl -u a", "a.", "a", " ", "QUJD", '"', "[", "://a:", "A "])(
  "8 MB of %j take less than thirty times as long as 800 kB, and do not exhaust the stack",
  (piece) => {
    expect(growth(findSecret, piece, 800 * KILOBYTE, 10, 30)).toBe("linear");
  },
  120_000,
);

/** The fastest of several runs, in milliseconds, because other programs use the machine as well. */
function fastest(work: () => unknown, runs = 3): number {
  const times = Array.from({ length: runs }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return Math.min(...times);
}

function filled(piece: string, length: number): string {
  return piece.repeat(Math.ceil(length / piece.length));
}

/** Shorter times are noise; a quadratic search would take seconds. */
const MEASURABLE_MS = 25;

/** "linear", or the two times if the longer text takes too long. */
function growth(search: (text: string) => unknown, piece: string, size: number, factor: number, limit: number): string {
  const [small, large] = [filled(piece, size), filled(piece, factor * size)];
  const short = Math.max(
    fastest(() => search(small), 1),
    MEASURABLE_MS,
  );
  if (fastest(() => search(large), 1) < limit * short) return "linear";
  const [again, long] = [
    Math.max(
      fastest(() => search(small)),
      MEASURABLE_MS,
    ),
    fastest(() => search(large)),
  ];
  return long < limit * again ? "linear" : `${long} ms after ${again} ms`;
}
