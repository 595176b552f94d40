/** Trust: who may become a role. */
import type { ResourceInstance } from "../configuration";
import { beginsWith, finishesWith, isUnknown, Unknown, type Value } from "../hcl";
import { hasWildcard } from "./actions";
import { type Judgement, worst } from "./attributes";
import { comparedWith, conditionKeys } from "./conditions";
import { LONGEST_CHANGE_DAYS, namesRepository, trustsOneRepository } from "./github-subjects";
import type { ResourceGuardrail } from "./guardrail";
import { type Answer, eachAllowed, openAmong, type Statement, statementsOf, wrongAmong } from "./policies";

const ROLES = ["aws_iam_role"] as const;
const MFA = "aws:MultiFactorAuthPresent";
const EACH_NAMES_REPOSITORY = eachTrust(namesRepository);

export const TRUST = [
  {
    id: "trust-named-principals",
    title: "A role trusts named principals",
    why: "A role that trusts everybody can be assumed from any account of AWS.",
    severity: "critical",
    controls: {
      hipaa: ["164.308(a)(4)(ii)(B)", "164.312(a)(1)"],
      soc2: ["CC6.1", "CC6.3"],
      gdpr: ["32(1)(b)"],
    },
    allowed: "services, ARNs of users and roles, or identity providers; no * and no NotPrincipal",
    types: ROLES,
    judge: eachTrust(({ principals, notPrincipals }) => {
      if (notPrincipals.length > 0) return { wrong: { NotPrincipal: notPrincipals } };
      return wrongAmong(principals, hasWildcard) ?? openAmong(principals);
    }),
  },
  {
    id: "trust-service-of-own-account",
    title: "A role trusts a service only as it works for the role's own account",
    why: "The service can be made to use the role by somebody else's resources.",
    severity: "medium",
    controls: { hipaa: ["164.312(a)(1)"], soc2: ["CC6.1"] },
    allowed: "a condition on aws:SourceAccount, aws:SourceArn, aws:SourceOrgID or aws:SourceOrgPaths",
    types: ROLES,
    judge: eachTrust(({ principals, conditions }) => {
      const wrong = principals.find(
        (principal) => kindOf(principal) === "service" && !SERVICES_WITHOUT_SOURCE.some((name) => name === principal),
      );
      return wrong === undefined ? undefined : unlessBound(conditions, SOURCE_KEYS, wrong);
    }),
  },
  {
    id: "trust-users-with-mfa",
    title: "Users and other accounts assume a role with a second factor, or with an id that they were given",
    why: "A password that leaked is enough to become the role.",
    severity: "high",
    controls: { hipaa: ["164.312(d)"], soc2: ["CC6.1"], gdpr: ["32(1)(b)"] },
    allowed: "a condition on aws:MultiFactorAuthPresent, sts:ExternalId or aws:PrincipalOrgID",
    types: ROLES,
    judge: eachTrust(({ principals, conditions }) => {
      const wrong = principals.find((principal) => kindOf(principal) === "account");
      return wrong === undefined ? undefined : unlessBound(conditions, PERSON_KEYS, wrong);
    }),
  },
  {
    id: "trust-federation-claims",
    title: "A role says which of an identity provider's identities may assume it",
    why: "Otherwise all of them may: every repository of GitHub, every pod of the cluster.",
    severity: "critical",
    controls: { hipaa: ["164.312(a)(1)", "164.312(d)"], soc2: ["CC6.1", "CC6.3"], gdpr: ["32(1)(b)"] },
    allowed: "conditions on the provider's :aud and :sub, on :aud and :amr of Cognito, or on SAML:aud",
    types: ROLES,
    judge: eachTrust(({ principals, conditions }) => {
      const provider = principals.find((principal) => ["oidc", "saml"].includes(kindOf(principal) ?? ""));
      if (provider === undefined) return undefined;
      const keys = conditionKeys(conditions);
      const claims = kindOf(provider) === "saml" ? [/:aud$/] : [/:aud$/, /:(sub|amr)$/];
      const isBound = claims.every((claim) => keys.some((key) => claim.test(key)));
      return isBound ? undefined : unbound(provider, conditions);
    }),
  },
  {
    id: "trust-github-repository",
    title: "A role that GitHub's workflows assume trusts one repository, in the one form that it sends",
    why: "With a wildcard, a repository that anybody creates under a matching name deploys to the account. So does one under a name that is no longer in use and still trusted beside the new subject.",
    severity: "critical",
    controls: { hipaa: ["164.312(a)(1)"], soc2: ["CC6.1", "CC8.1"], gdpr: ["32(1)(b)"] },
    allowed: `subjects of one repository in one form, repo:owner/name:environment:prod or repo:owner@1/name@2:environment:prod, with no wildcard in owner, name or ids; others in a statement that ends within ${LONGEST_CHANGE_DAYS} days, by DateLessThanEquals on aws:CurrentTime`,
    types: ROLES,
    judge: (role, root, today) => worst([EACH_NAMES_REPOSITORY(role, root), trustsOneRepository(role, today)]),
  },
] as const satisfies readonly ResourceGuardrail[];

/** Whether users, or people of an identity provider, become the role. */
export function assumedByPeople({ values }: ResourceInstance): boolean {
  const statements = statementsOf(values.assume_role_policy ?? null);
  if (statements instanceof Unknown) return false;
  return statements.some(
    ({ principals, conditions }) =>
      principals.some((one) => kindOf(one) === "saml" || (typeof one === "string" && /:user\//.test(one))) ||
      conditionKeys(conditions).includes(MFA.toLowerCase()),
  );
}

function eachTrust(judge: (statement: Statement) => Answer): Judgement {
  return eachAllowed("assume_role_policy", judge);
}

/**
 * EC2 says no source as it takes a role for a machine; who may start a machine with it is up to iam:PassRole.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
const SERVICES_WITHOUT_SOURCE = ["ec2.amazonaws.com"] as const;
const SOURCE_KEYS = ["aws:sourceaccount", "aws:sourcearn", "aws:sourceorgid", "aws:sourceorgpaths"] as const;
const PERSON_KEYS = [MFA.toLowerCase(), "sts:externalid", "aws:principalorgid"] as const;

/**
 * `account` for users and whole accounts. A role that trusts a role is not among them: its sessions never tell of a
 * second factor, and who may assume that role is said there.
 */
function kindOf(principal: Value): "service" | "oidc" | "saml" | "account" | undefined {
  if (isUnknown(principal)) {
    const [type] = principal.references.flatMap(({ address }) => PROVIDERS.filter(([name]) => address.includes(name)));
    if (type !== undefined) return type[1];
    return finishesWith(principal, ".amazonaws.com") === true ? "service" : accountOf(principal);
  }
  if (typeof principal !== "string") return undefined;
  if (/:saml-provider\//.test(principal)) return "saml";
  if (/:oidc-provider\//.test(principal) || WEB_IDENTITIES.test(principal)) return "oidc";
  if (/\.amazonaws\.com(\.cn)?$/.test(principal)) return "service";
  return /^\d{12}$|^arn:[^:]*:iam::[^:]*:(root$|user\/)/.test(principal) ? "account" : undefined;
}

const PROVIDERS = [
  ["aws_iam_openid_connect_provider.", "oidc"],
  ["aws_iam_saml_provider.", "saml"],
] as const;

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-federated-web-identity */
const WEB_IDENTITIES =
  /^(cognito-identity\.amazonaws\.com|accounts\.google\.com|graph\.facebook\.com|www\.amazon\.com)$/;

function accountOf(principal: Value): "account" | undefined {
  return beginsWith(principal, "arn:") === true && finishesWith(principal, ":root") === true ? "account" : undefined;
}

function unlessBound(conditions: Value, keys: readonly string[], principal: Value): Answer {
  const isWithoutMfa = comparedWith(conditions, MFA).some((value) => String(value) === "false");
  const isBound = !isWithoutMfa && conditionKeys(conditions).some((key) => keys.includes(key));
  return isBound ? undefined : unbound(principal, conditions);
}

function unbound(principal: Value, conditions: Value): Answer {
  return isUnknown(conditions) ? { open: conditions } : { wrong: principal };
}
