/** Decides whether a value in a condition matches one caller, account or resource, or many. */
import { type HclValue, isUnknown, type Unknown } from "../hcl";
import type { Form } from "./condition-keys";
import { HOLE, piecesOf, stemsFromNothing, textWithHoles } from "./values";

const EQUALITY: readonly string[] = ["arnequals", "arnlike", "stringequals", "stringequalsignorecase", "stringlike"];

/**
 * Operators, in lower case, that restrict a key to values of a form. Operators with `Not` match all values except some.
 */
export const TESTS: Readonly<Record<Form, readonly string[]>> = {
  account: [...EQUALITY, "numericequals"],
  arn: EQUALITY,
  claim: EQUALITY,
  id: EQUALITY,
  name: EQUALITY,
  path: EQUALITY,
  range: ["ipaddress"],
  session: EQUALITY,
  text: EQUALITY,
  true: ["bool", "stringequals", "stringequalsignorecase", "stringlike"],
};

/**
 * A wildcard counts as one with every operator: `StringEquals` takes it literally, so it would match nothing that
 * exists, and the author meant something else.
 * @param key that the condition tests, in lower case
 */
export function isFixed(value: HclValue, form: Form, key: string): boolean | Unknown {
  const text = textWithHoles(value);
  const open = piecesOf(value).filter(isUnknown).find(stemsFromNothing);
  if (text === undefined) return open ?? isUnknown(value);
  const variables = Array.from(text.matchAll(VARIABLE), ([, name = ""]) => name.trim().toLowerCase());
  if (variables.some((name) => !isFixedVariable(name, key))) return false;
  return FIXED[form](text.replace(VARIABLE, HOLE)) && (open ?? true);
}

/** `${*}`, `${?}` and `${$}` are literal characters. */
const VARIABLE = /\$\{(?![*?$]\})([^}]*)\}/g;

/**
 * Keys of the resource are fixed by the resource that has the policy; keys of the caller restrict a resource to the
 * caller's own. The caller can choose any other variable, above all the tested key itself.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
function isFixedVariable(name: string, key: string): boolean {
  const isAboutResource = /^aws:resource(account|orgid|orgpaths)$/.test(name);
  const isAboutCaller = /^aws:(principal(account|orgid|orgpaths|tag\/.+)|userid|username)$/.test(name);
  return RESOURCE_KEY.test(key) ? isAboutCaller : isAboutResource && CALLER_KEY.test(key);
}

const RESOURCE_KEY = /^[\w-]+:(resource|existing|leadingkeys)/;
const CALLER_KEY = /^aws:(principal|source|vpce)(account|arn|orgid|orgpaths)$/;

const FIXED: Readonly<Record<Form, (text: string) => boolean>> = {
  account: isLiteral,
  arn: isOfOneAccount,
  claim: (text) => !GENERIC_CLAIMS.some((start) => start.startsWith(fixedStart(text))),
  id: isLiteral,
  name: (text) => /[^*?]$/.test(text),
  path: (text) => isLiteral(text.split("/")[0] ?? ""),
  range: isLiteral,
  session: (text) => isLiteral(text.split(":")[0] ?? ""),
  text: (text) => (text.startsWith("arn:") ? isOfOneAccount(text) : hasFixedStart(text)),
  true: (text) => text.toLowerCase() === "true",
};

/** Prefixes of subjects that identity providers use for everybody. A part of a prefix identifies nobody either. */
const GENERIC_CLAIMS = ["system:serviceaccount:", "repo:", "project_path:", "org/", "organization:"];

/** The text before the first wildcard. */
function fixedStart(text: string): string {
  return text.split(/[*?]/)[0] ?? "";
}

function isLiteral(text: string): boolean {
  return text !== "" && !/[*?]/.test(text.replace(/\$\{[*?]\}/g, ""));
}

/** The first character is not a wildcard. */
function hasFixedStart(text: string): boolean {
  return /^[^*?]/.test(text);
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
function isOfOneAccount(arn: string): boolean {
  if (isLiteral(arn)) return true;
  const [first = "", , , , account = ""] = arn.split(":");
  return first.startsWith(HOLE) || new RegExp(`^(\\d+|${HOLE})$`).test(account);
}
