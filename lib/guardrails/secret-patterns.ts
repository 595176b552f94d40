/** What secrets look like: the names under which programs take them, and the forms that their makers gave them. */
import { show } from "../configuration";
import { Reference, type Value } from "../hcl";
import { broken, HOLDS, undecided, type Verdict } from "./guardrail";
import { piecesOf } from "./values";

/** Judges a variable that a program is given where everybody who may describe the program reads it. */
export function judgeVariable(path: string, name: string, value: Value): Verdict {
  const form = formInPieces(value);
  if (form !== undefined) return broken(`${path}.${name} holds ${form}`);
  const [first = null] = piecesOf(value);
  if (!looksLikeSecretName(name) || isArn(first)) return HOLDS;
  if (typeof value === "string") return value === "" ? HOLDS : broken(`${path}.${name} is set`);
  return typeof value === "object" && value !== null ? undecided(`${path}.${name} = ${show(value)}`) : HOLDS;
}

/** Where a secret is, is none. */
function isArn(value: Value): boolean {
  if (value instanceof Reference) return /(^|[._])arns?$/.test(value.path);
  return typeof value === "string" && value.startsWith("arn:");
}

/** Whether a variable of this name holds a secret: `DB_PASSWORD`, `apiKey`. */
export function looksLikeSecretName(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/[^A-Za-z0-9]+/g, "_")
    .toUpperCase();
  return SECRET_WORDS.test(words) && !ABOUT_A_SECRET.test(words);
}

/** What kind of secret the text has in it, of a form that cannot be mistaken. Reports show this, and never the text. */
export function formOfSecret(text: string): string | undefined {
  return FORMS.find(({ pattern }) => pattern.test(text))?.form;
}

/** The same of a value of which pieces may be unknown. */
export function formInPieces(value: Value): string | undefined {
  const forms = piecesOf(value).map((piece) => (typeof piece === "string" ? formOfSecret(piece) : undefined));
  return forms.find((form) => form !== undefined);
}

/** `PGPASSWORD` counts, `MAX_TOKENS` does not, and `PWD` alone is the shell's working directory. */
const SECRET_WORDS =
  /(PASSWORD|PASSWD|PASSPHRASE|SECRET|CREDENTIAL)S?\d*(_|$)|(^|_)(TOKEN|API_?KEY|(PRIVATE|ACCESS|SECRET|ENCRYPTION|SIGNING|MASTER)_?KEY)\d*(_|$)|_PWD$/;

/** Names that end so say where a secret is, or how it is handled. */
const ABOUT_A_SECRET =
  /_(ARNS?|NAMES?|IDS?|UR[IL]S?|PATH|FILE|DIR|PREFIX|HEADER|ENDPOINT|HOST|PORT|REGION|VERSION|TYPE|ALGORITHM|ISSUER|AUDIENCE|KMS|KMS_.+|PUBLIC_KEY|(MIN_|MAX_)?(LENGTH|AGE)|TTL|EXPIRY|EXPIRATION|LIFETIME|MS|SECONDS|MINUTES|HOURS|DAYS|ENABLED|REQUIRED)$/;

const FORMS: readonly { readonly form: string; readonly pattern: RegExp }[] = [
  /** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids */
  { form: "an AWS access key id", pattern: /\b(AKIA|ASIA)[A-Z0-9]{16}\b/ },
  /** @see https://www.rfc-editor.org/rfc/rfc7468#section-10 */
  { form: "a private key", pattern: /-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY( BLOCK)?-----/ },
  /** @see https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats */
  { form: "a GitHub token", pattern: /\b(gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22})/ },
  /** @see https://docs.slack.dev/authentication/tokens */
  { form: "a Slack token", pattern: /\bxox[abeprs]-[A-Za-z0-9-]{10}/ },
  /** @see https://docs.stripe.com/keys */
  { form: "a Stripe live key", pattern: /\b[sr]k_live_[A-Za-z0-9]{16}/ },
  /** @see https://www.rfc-editor.org/rfc/rfc7519#section-3 */
  { form: "a JSON web token", pattern: /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/ },
  /** @see https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1 */
  { form: "a URL with a password", pattern: /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:[^\s/@]+@/i },
];
