/** Trust policies: which principals may assume a role. */
import type { ResourceInstance, RootConfiguration } from "../configuration";
import { beginsWith, finishesWith, type HclValue, isUnknown, Unknown } from "../hcl";
import { all, type Judge, worst } from "./attributes";
import { claim, MFA, PERSON, SOURCE } from "./condition-keys";
import { restricts, restrictsAll } from "./conditions";
import { unlessRestricted } from "./foreign-accounts";
import { LONGEST_CHANGE_DAYS, namesRepository, trustsOneRepository } from "./github-subjects";
import type { ResourceGuardrail } from "./guardrail";
import { guestsSendEvents, SEND_EVENTS } from "./guests";
import { hasWildcard } from "./patterns";
import { type Principal, type Statement, statementsOf } from "./policies";
import { namesServiceAccount } from "./service-accounts";
import { type Answer, eachAllowed, openAmong, unless, wrongAmong } from "./statements";
import { textWithHoles } from "./values";

const ROLES = ["aws_iam_role"] as const;
const EACH_NAMES_REPOSITORY = eachTrust(namesRepository);
const EACH_NAMES_CLAIMS = eachTrust((statement) => {
  const isSaml = statement.principals.some((principal) => kindOf(principal) === "saml");
  const claims = isSaml ? [AUDIENCE] : [AUDIENCE, SUBJECT];
  const provider = anyOf(statement, (one) => ["oidc", "saml"].includes(kindOf(one) ?? ""));
  return unless(restrictsAll(statement, ...claims), provider);
});

export const TRUST = [
  {
    id: "trust-named-principals",
    title: "A role trusts named principals",
    why: "Anybody with an AWS account can assume a role that trusts everybody.",
    severity: "critical",
    controls: {
      hipaa: ["164.308(a)(4)(ii)(B)", "164.312(a)(1)"],
      soc2: ["CC6.1", "CC6.3"],
      gdpr: ["32(1)(b)"],
    },
    allowed: "services, ARNs of users and roles, or identity providers; no * and no NotPrincipal",
    types: ROLES,
    judge: eachTrust(({ principals, notPrincipals }) => {
      const ids = principals.map(({ id }) => id);
      if (notPrincipals.length > 0) return { wrong: { NotPrincipal: notPrincipals.map(({ id }) => id) } };
      return wrongAmong(ids, hasWildcard) ?? openAmong(ids);
    }),
  },
  {
    id: "trust-service-of-own-account",
    title: "A role trusts a service only on behalf of the role's own account",
    why: "An attacker can make the service use the role from another account (confused deputy).",
    severity: "medium",
    controls: { hipaa: ["164.312(a)(1)"], soc2: ["CC6.1"] },
    allowed:
      "a condition that restricts aws:SourceAccount, aws:SourceArn, aws:SourceOrgID or aws:SourceOrgPaths to fixed values",
    types: ROLES,
    judge: eachTrust((statement, root) => {
      const service = anyOf(
        statement,
        (one) => kindOf(one) === "service" && !SERVICES_WITHOUT_SOURCE.some((name) => name === one.id),
      );
      return unlessRestricted(statement, root, service, SOURCE);
    }),
  },
  {
    id: "trust-users-with-mfa",
    title: "Users and other accounts assume a role with MFA, or with an external id",
    why: "A leaked password is enough to assume the role.",
    severity: "high",
    controls: { hipaa: ["164.312(d)"], soc2: ["CC6.1"], gdpr: ["32(1)(b)"] },
    allowed:
      "a condition that requires aws:MultiFactorAuthPresent, or restricts sts:ExternalId or aws:PrincipalOrgID to fixed values",
    types: ROLES,
    judge: eachTrust((statement) =>
      unless(
        restricts(statement, PERSON),
        anyOf(statement, (one) => kindOf(one) === "account"),
      ),
    ),
  },
  {
    id: "trust-federation-claims",
    title: "A role names the identities of an identity provider that may assume it",
    why: "Otherwise all of them may: every repository of GitHub, every pod of the cluster.",
    severity: "critical",
    controls: { hipaa: ["164.312(a)(1)", "164.312(d)"], soc2: ["CC6.1", "CC6.3"], gdpr: ["32(1)(b)"] },
    allowed: `conditions that restrict the provider's :aud and :sub, :aud and :amr of Cognito, or SAML:aud, to fixed values; for guests of Cognito, a role with one or more aws_iam_role_policy, each with the action ${SEND_EVENTS} alone, on ARNs without *, and no other policy`,
    types: ROLES,
    judge: all(EACH_NAMES_CLAIMS, guestsSendEvents),
  },
  {
    id: "trust-github-repository",
    title: "A role for GitHub workflows trusts one repository, in the one form of subject that GitHub sends for it",
    why: "With a wildcard, a repository that anybody creates under a matching name deploys to the account. The same is true of an abandoned repository name that is still trusted next to the new subject.",
    severity: "critical",
    controls: { hipaa: ["164.312(a)(1)"], soc2: ["CC6.1", "CC8.1"], gdpr: ["32(1)(b)"] },
    allowed: `subjects of one repository in one form, repo:owner/name:environment:prod or repo:owner@1/name@2:environment:prod, with no wildcard; others in a statement that ends within ${LONGEST_CHANGE_DAYS} days, by DateLessThanEquals on aws:CurrentTime`,
    types: ROLES,
    judge: (role, root, today) => worst([EACH_NAMES_REPOSITORY(role, root), trustsOneRepository(role, today)]),
  },
  {
    id: "trust-service-account",
    title: "A role for pods trusts one service account",
    why: "With a wildcard, every pod of the namespace or the cluster gets the role, and whoever may create a service account chooses its name.",
    severity: "critical",
    controls: { hipaa: ["164.312(a)(1)"], soc2: ["CC6.1", "CC6.3"], gdpr: ["32(1)(b)"] },
    allowed:
      "StringEquals with <issuer>:aud = sts.amazonaws.com and <issuer>:sub = system:serviceaccount:<namespace>:<name>, one of each",
    types: ROLES,
    judge: eachTrust(namesServiceAccount),
  },
] as const satisfies readonly ResourceGuardrail[];

/** Whether users, or people of an identity provider, assume the role. */
export function assumedByPeople({ values }: ResourceInstance): boolean {
  const statements = statementsOf(values.assume_role_policy ?? null);
  if (statements instanceof Unknown) return false;
  return statements.some(
    ({ principals, conditions }) =>
      principals.some((one) => kindOf(one) === "saml" || /:user\//.test(textWithHoles(one.id) ?? "")) ||
      conditions.some(({ key }) => key === MFA),
  );
}

function eachTrust(judge: (statement: Statement, root: RootConfiguration) => Answer): Judge {
  return eachAllowed("assume_role_policy", judge);
}

function anyOf({ principals }: Statement, isMeant: (principal: Principal) => boolean): Answer {
  const found = principals.find(isMeant);
  return found === undefined ? undefined : { wrong: found.id };
}

const AUDIENCE = claim(/:aud$/, "id");
const SUBJECT = claim(/:(sub|amr)$/, "claim");
/**
 * EC2 sends no source when it assumes a role for an instance, and S3 documents none when it replicates objects. iam:PassRole,
 * which does not cross accounts, controls who may start an instance or a replication with the role.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html
 */
const SERVICES_WITHOUT_SOURCE = ["ec2.amazonaws.com", "s3.amazonaws.com"] as const;

/**
 * `account` for users and whole accounts. A role that trusts a role is not included: its sessions carry no MFA, and the
 * trusted role's own policy controls who may assume it.
 */
function kindOf({ kind, id }: Principal): "service" | "oidc" | "saml" | "account" | undefined {
  if (kind === "Service") return "service";
  if (kind === "Federated") return isSaml(id) ? "saml" : "oidc";
  return kind === "AWS" && isAccount(id) ? "account" : undefined;
}

function isSaml(provider: HclValue): boolean {
  if (isUnknown(provider)) {
    const addresses = provider.references.map(({ address }) => address);
    if (addresses.some((address) => address.includes("aws_iam_saml_provider."))) return true;
  }
  return /:saml-provider\//.test(textWithHoles(provider) ?? "");
}

function isAccount(id: HclValue): boolean {
  if (isUnknown(id) && id.references.some(({ address, path }) => USER.test(address) || path === "account_id")) {
    return !/:role\//.test(textWithHoles(id) ?? "");
  }
  if (beginsWith(id, "arn:") === true && finishesWith(id, ":root") === true) return true;
  return /^\d{12}$|^arn:[^:]*:iam::[^:]*:(root$|user\/)/.test(textWithHoles(id) ?? "");
}

const USER = /(^|\.)aws_iam_user\./;
