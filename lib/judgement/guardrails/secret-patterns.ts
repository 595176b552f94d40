/** Recognizes secrets by the names that programs use for them, and by the formats of their issuers. */
import { isUtf8 } from "node:buffer";
import { show } from "../configuration";
import { type HclValue, PartialText, Reference } from "../hcl";
import { fromGzip, fromHex, fromPercent, GZIP } from "./encodings";
import { broken, HOLDS, undecided, type Verdict } from "./guardrail";
import { hasRandomKey } from "./random-keys";
import { ASSIGNMENTS, FORMS, PASSWORD_PLACES } from "./secret-forms";
import { piecesOf } from "./values";

/** A secret, or a place for one. A report shows this, and never the text. */
export interface Found {
  /** Completes "holds …": `a private key`. */
  readonly form: string;
  /** Whether the value at the place is known only after the apply. */
  readonly isOpen: boolean;
}

/** Judges a variable of a program, readable by everybody who may describe the program. */
export function judgeVariable(path: string, name: string, value: HclValue): Verdict {
  const found = findSecret(value);
  if (found !== undefined) return verdictOn(`${path}.${name}`, found);
  const [first = null] = piecesOf(value);
  if (!looksLikeSecretName(name) || isArn(first)) return HOLDS;
  if (typeof value === "string") return value === "" ? HOLDS : broken(`${path}.${name} is set`);
  return typeof value === "object" && value !== null ? undecided(`${path}.${name} = ${show(value)}`) : HOLDS;
}

export function verdictOn(place: string, { form, isOpen }: Found): Verdict {
  return isOpen ? undecided(`${place} holds ${form} that is not known`) : broken(`${place} holds ${form}`);
}

/** A text that names the location of a secret is not a secret. */
export function isArn(value: HclValue): boolean {
  if (value instanceof Reference) return /(^|[._])arns?$/.test(value.path);
  return typeof value === "string" && value.startsWith("arn:");
}

/** Whether a variable of this name holds a secret: `DB_PASSWORD`, `apiKey`. */
export function looksLikeSecretName(name: string): boolean {
  if (!SECRET_HINT.test(name)) return false;
  const words = wordsOf(name);
  return SECRET_WORDS.test(words) && !ABOUT_A_SECRET.test(words);
}

/** Whether the name ends like a secret's, for arguments and fields of documents: `client_secret`, `Pwd`. */
export function endsLikeSecretName(name: string): boolean {
  const remembered = knownNames.get(name);
  if (remembered !== undefined) return remembered;
  const hasEnd = hasSecretEnd(name);
  if (name.length <= LONGEST_NAME && knownNames.size < MOST_REMEMBERED) knownNames.set(name, hasEnd);
  return hasEnd;
}

/** All resources have the same arguments. */
const knownNames = new Map<string, boolean>();

function hasSecretEnd(name: string): boolean {
  if (!SECRET_HINT.test(name)) return false;
  const words = wordsOf(name);
  return SECRET_END.test(words) && !NO_CREDENTIAL.test(words);
}

function wordsOf(name: string): string {
  return name
    .slice(-LONGEST_NAME)
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/[^A-Za-z0-9]+/g, "_")
    .toUpperCase();
}

const LONGEST_NAME = 256;

/** Whether the text is the location of a secret, a type, or empty: `$DB_PASSWORD`, `arn:…`, `null`. */
export function isPlaceholder(text: string): boolean {
  return text.length < 3 || PLACEHOLDER.test(text);
}

/** The kind of secret in the text, of an unmistakable form. Reports show this, and never the text. */
export function formOfSecret(text: string): string | undefined {
  const found = findSecret(text);
  return found?.isOpen === false ? found.form : undefined;
}

/** The secret in a text that may have unknown parts. Other values give undefined. */
export function findSecret(value: HclValue): Found | undefined {
  const text = value instanceof PartialText ? value.parts.map(searchableText).join("") : value;
  if (typeof text !== "string" || text.length < SHORTEST_FINDING) return undefined;
  if (text.length > LONGEST_REMEMBERED) return searched(text);
  const remembered = known.get(text);
  if (remembered !== undefined) return remembered.secret;
  const secret = searched(text);
  if (known.size < MOST_REMEMBERED) known.set(text, { secret });
  return secret;
}

function searched(text: string): Found | undefined {
  const found = [text, ...unpackedIn(text)].flatMap((one) => [findIn(one), ...layersOf(one).map(findIn)]);
  return firstOf(found);
}

/** Most texts of a tree, such as tags, occur many times. */
const known = new Map<string, { readonly secret: Found | undefined }>();
/** `pwd=abc`: a name, a separator, and a value that is longer than a placeholder. */
const SHORTEST_FINDING = 7;
const LONGEST_REMEMBERED = 1000;
const MOST_REMEMBERED = 10_000;

/** Prefers a known secret to one that is known only after the apply. */
function firstOf(found: readonly (Found | undefined)[]): Found | undefined {
  return found.find((one) => one?.isOpen === false) ?? found.find((one) => one !== undefined);
}

/** Replaces a part that is known only after the apply. */
const OPEN = "\uFFFC\uFFFC\uFFFC";

function searchableText(part: HclValue): string {
  if (typeof part === "string") return part;
  return isArn(part) ? "arn:" : OPEN;
}

function findIn(text: string): Found | undefined {
  const isOfAForm = ANY_FORM.some((pattern) => pattern.test(text));
  const form = isOfAForm ? FORMS.find(({ pattern }) => pattern.test(text))?.form : undefined;
  if (form !== undefined) return { form, isOpen: false };
  if (hasRandomKey(text)) return { form: "a text like an AWS secret access key", isOpen: false };
  const places = (PASSWORD_HINT.test(text) ? PASSWORD_PLACES : []).flatMap((place) =>
    Array.from(text.matchAll(place.pattern), ([, password = ""]) => ({ form: place.form, password })),
  );
  const assigned = (ASSIGNMENT_HINT.test(text) ? ASSIGNMENTS : [])
    .flatMap((pattern) =>
      Array.from(text.matchAll(pattern), ([, name = "", quoted, bare = ""]) => ({ name, password: quoted ?? bare })),
    )
    .filter(({ name }) => endsLikeSecretName(name));
  return firstOf(
    [...places, ...assigned.map(({ name, password }) => ({ form: `a value of ${name}`, password }))]
      .filter(({ password }) => !isPlaceholder(password))
      .map(({ form: of, password }) => ({ form: of, isOpen: password.includes(OPEN) })),
  );
}

/** The decoded text of a whole value or of parts of it, at every level of encoding. */
function layersOf(text: string): string[] {
  const whole = fromPercent(text) ?? readable(fromHex(text)) ?? fromBase64(text);
  const inner = whole === undefined ? base64Pieces(text).map(fromBase64) : [whole];
  return inner.flatMap((layer) => (layer === undefined ? [] : [layer, ...layersOf(layer)]));
}

/** The text of archives in the value. Archives in archives are not searched. */
function unpackedIn(text: string): string[] {
  if (!text.includes(GZIP)) return [];
  return base64Pieces(text).flatMap((piece) => fromGzip(piece) ?? []);
}

/** Undefined if the text is not Base64, or decodes to something other than text. */
export function fromBase64(text: string): string | undefined {
  if (text.length < SHORTEST_BASE64 || NO_BASE64.test(text)) return undefined;
  return readable(Buffer.from(text, "base64"));
}

function readable(bytes: Buffer | undefined): string | undefined {
  if (bytes === undefined || !isUtf8(bytes)) return undefined;
  const decoded = bytes.toString("utf8");
  return NO_TEXT.test(decoded) ? undefined : decoded;
}

/**
 * Runs of Base64 characters. A pattern that repeats the character class would run out of stack. The search goes
 * backwards from the end of the shortest run, so most characters of other text are never read.
 */
function base64Pieces(text: string): string[] {
  const isInAlphabet = (i: number) => ALPHABET.has(text.charCodeAt(i));
  const pieces: string[] = [];
  let start = 0;
  while (start + SHORTEST_PIECE <= text.length) {
    let other = start + SHORTEST_PIECE - 1;
    while (other >= start && isInAlphabet(other)) other--;
    let end = other + 1;
    if (other < start) {
      end = start + SHORTEST_PIECE;
      while (end < text.length && isInAlphabet(end)) end++;
      pieces.push(text.slice(start, end));
    }
    start = end;
  }
  return pieces;
}

const SHORTEST_BASE64 = 12;
/** Shorter ones are words. */
const SHORTEST_PIECE = 24;
const ALPHABET: ReadonlySet<number> = new Set(
  Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=", (one) => one.charCodeAt(0)),
);
const NO_BASE64 = /[^A-Za-z0-9+/=_\s-]/;
const NO_TEXT = /[^\P{Cc}\t\n\r]|\uFFFD/u;

/** Placeholders that programs replace, names of types and units in documents, and locations of secrets. */
const PLACEHOLDER =
  /^(?:\$|%[({]|%s|\{|\[|\(|<|\*+$|arn:|alias\/|\/|!(?:Ref|Sub|GetAtt|ImportValue)\b|(?:null|nil|none|true|false|undefined|string|str|number|integer|int|bool|boolean|object|any|text|required|optional|enabled|disabled|seconds|minutes|hours|days|redacted|masked|hidden)!?$|x{3,}$|AWS_OWNED_KMS_KEY$|process\.env|os\.environ|env[.:]|var\.|local\.|data\.|module\.)/i;

/** `PGPASSWORD` matches and `MAX_TOKENS` does not; `PWD` alone is the shell's working directory. */
const SECRET_WORDS =
  /(PASSWORD|PASSWD|PASSPHRASE|SECRET|CREDENTIAL)S?\d*(_|$)|(^|_)(TOKEN|API_?KEY|(PRIVATE|ACCESS|SECRET|ENCRYPTION|SIGNING|MASTER)_?KEY)\d*(_|$)|_(PWD|PASS)$|(^|_)(APP|COOKIE|HMAC|JWT|LICENSE|SESSION|SHARED|ACCOUNT|STRIPE|PAGERDUTY(_ROUTING|_INTEGRATION)?)_?KEY$|(^|_)(PEPPER|SALT)$|(^|_)ORIGIN_VERIFY$|(^|_)(REDIS|BASIC|SMTP)_AUTH$/;

/** A name with one of these endings describes the location or the handling of a secret. */
const ABOUT_A_SECRET =
  /_(ARNS?|NAMES?|IDS?|UR[IL]S?|PATH|FILE|DIR|PREFIX|HEADER|ENDPOINT|HOST|PORT|REGION|VERSION|TYPE|ALGORITHM|ISSUER|AUDIENCE|KMS|KMS_.+|PUBLIC_KEY|(MIN_|MAX_)?(LENGTH|AGE)|TTL|EXPIRY|EXPIRATION|LIFETIME|MS|SECONDS|MINUTES|HOURS|DAYS|ENABLED|REQUIRED)$/;

/** Text that is part of every password place. */
const PASSWORD_HINT =
  /@|curl|mysql|sshpass|redis-cli|passw|pgpass|login|securestring|identified|net1?(\.exe)?[ \t]+user/i;

/** All forms at once: case-insensitive ones, and case-sensitive ones. */
const ANY_FORM = ["", "i"].map((flags) => {
  const patterns = FORMS.map(({ pattern }) => pattern).filter((pattern) => pattern.flags === flags);
  return new RegExp(patterns.map(({ source }) => source).join("|"), flags);
});

/** Text that is part of every secret's name. */
const SECRET_HINT = /pass|pwd|secret|credential|token|key|auth|pepper|salt|verify/i;

const SECRET_END =
  /(PASSWORD|PASSWD|PASSPHRASE|SECRET|CREDENTIAL)S?\d*$|(^|_)(ORIGIN_VERIFY|PASS|PWD|TOKEN|API_?KEY|SHARED_?KEY|(PRIVATE|ACCESS|SECRET|ENCRYPTION|SIGNING|MASTER|ACCOUNT)_?KEY)\d*$/;

/** Text that is part of every assignment: the end of a secret's name, and the character after it. */
const ASSIGNMENT_HINT = /(?:pass(?:word|wd|phrase)?|pwd|secret|credential|token|key)s?\d*["'\\\s=:>,]/i;

/** Tokens that make a request idempotent or name an application. They give no access. */
const NO_CREDENTIAL =
  /(^|_)((CREATION|CLIENT|CLIENT_REQUEST|UPDATE|EVENT_SOURCE|NEXT|IDEMPOTENCY|REQUEST)_TOKEN|PUBLIC_?KEY)$/;
