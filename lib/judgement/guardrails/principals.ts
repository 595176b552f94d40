/** The principals that a policy allows. */
import { isUnknown } from "../hcl";
import type { Judge } from "./attributes";
import { CALLER } from "./condition-keys";
import { unlessRestricted } from "./foreign-accounts";
import { hasWildcard, isAnything } from "./patterns";
import type { Principal, Statement } from "./policies";
import { type Answer, eachAllowed, openAmong } from "./statements";

/** The allowed value of every row that uses `closedToThePublic`. */
export const BOUND_PRINCIPALS =
  "principals by name, or a condition that restricts them to the own account, to fixed organizations, VPCs, addresses or sources";

/** Only named principals, or callers that a condition restricts, are allowed anything. */
export function closedToThePublic(path: string): Judge {
  return eachAllowed(path, (statement, root) => unlessRestricted(statement, root, openToTheWorld(statement), CALLER));
}

function openToTheWorld({ principals, notPrincipals }: Statement): Answer {
  if (notPrincipals.length > 0) return { wrong: { NotPrincipal: notPrincipals.map(({ id }) => id) } };
  if (principals.some(isPublic)) return { wrong: { Principal: "*" } };
  return openAmong(principals.map(({ id }) => id));
}

/**
 * A wildcard matches principals of every account, even if AWS accepts only a single `*`. An identity provider without
 * an ARN, such as `accounts.google.com`, is the same one in every account.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-federated-web-identity
 */
export function isPublic({ kind, id }: Principal): boolean {
  return hasWildcard(id) || (kind === "Federated" && typeof id === "string" && !id.startsWith("arn:"));
}

/** Whether a statement covers every principal. A statement that denies has to. */
export function concernsEverybody({ principals }: Statement): boolean {
  return principals.some(({ kind, id }) => kind === "AWS" && !isUnknown(id) && isAnything(id));
}
