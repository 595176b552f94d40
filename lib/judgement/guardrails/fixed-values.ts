/** Decides whether a value that a condition compares with stands for one caller, account or resource, or for many. */
import { isUnknown, type Unknown, type Value } from "../hcl";
import type { Form } from "./condition-keys";
import { HOLE, piecesOf, stemsFromNothing, textWithHoles } from "./values";

const EQUALITY: readonly string[] = ["arnequals", "arnlike", "stringequals", "stringequalsignorecase", "stringlike"];

/** Operators, in lower case, that restrict a key to values of a form. Operators with `Not` let in all values but some. */
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
 * A wildcard counts as one whatever the operator: where `StringEquals` takes it literally, it matches nothing that
 * exists, and the statement is not what its author meant.
 * @param key that is compared, in lower case
 */
export function isFixed(value: Value, form: Form, key: string): boolean | Unknown {
  const text = textWithHoles(value);
  const open = piecesOf(value).filter(isUnknown).find(stemsFromNothing);
  if (text === undefined) return open ?? isUnknown(value);
  const variables = Array.from(text.matchAll(VARIABLE), ([, name = ""]) => name.trim().toLowerCase());
  if (variables.some((name) => !isFixedVariable(name, key))) return false;
  return FIXED[form](text.replace(VARIABLE, HOLE)) && (open ?? true);
}

/** `${*}`, `${?}` and `${$}` are the characters themselves. */
const VARIABLE = /\$\{(?![*?$]\})([^}]*)\}/g;

/**
 * Keys of the resource are fixed by the resource that the policy is attached to; those of the caller restrict a resource
 * to the caller's own. Any other variable is the caller's choice, above all the key that is compared itself.
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

/** What subjects of identity providers begin with, whoever they name. A part of it names nobody either. */
const GENERIC_CLAIMS = ["system:serviceaccount:", "repo:", "project_path:", "org/", "organization:"];

/** The text before the first wildcard. */
function fixedStart(text: string): string {
  return text.split(/[*?]/)[0] ?? "";
}

function isLiteral(text: string): boolean {
  return text !== "" && !/[*?]/.test(text.replace(/\$\{[*?]\}/g, ""));
}

/** Something other than a wildcard stands first. */
function hasFixedStart(text: string): boolean {
  return /^[^*?]/.test(text);
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
function isOfOneAccount(arn: string): boolean {
  if (isLiteral(arn)) return true;
  const [first = "", , , , account = ""] = arn.split(":");
  return first.startsWith(HOLE) || new RegExp(`^(\\d+|${HOLE})$`).test(account);
}
