/** IAM permissions: least privilege, granted to roles and never to users. */
import { type ResourceInstance, type RootConfiguration, show } from "../configuration";
import { finishesWith, type HclValue, isList, isUnknown, PartialText } from "../hcl";
import { concerns, isOnly, knowsNoResource, wholeServices } from "./actions";
import { forbidden, type Judge, worst } from "./attributes";
import { bounded, isRequired, PART_OF_ACCOUNT, policyArn } from "./boundaries";
import { PASSED_TO, RESOURCE } from "./condition-keys";
import { restricts } from "./conditions";
import { unlessRestricted } from "./foreign-accounts";
import { broken, HOLDS, type ResourceGuardrail, undecided, type Verdict } from "./guardrail";
import { hasWildcard } from "./patterns";
import type { Statement } from "./policies";
import { REACHING } from "./reaching-actions";
import { type Answer, eachAllowed, openAmong, unless } from "./statements";
import { isEverything, isEverythingOf, isOfAnyAccount } from "./targets";
import { assumedByPeople } from "./trust";
import { named, stemsFromNothing, textWithHoles, thoseNaming, valuesAt } from "./values";

/** Resource types with policies that grant permissions to an identity. */
const IDENTITY_POLICIES = [
  "aws_iam_role_policy",
  "aws_iam_policy",
  "aws_iam_group_policy",
  "aws_iam_user_policy",
  "aws_iam_role",
] as const;

/** AWS managed policies that let an identity give itself any permission. */
const ADMIN_POLICIES = ["AdministratorAccess", "PowerUserAccess", "IAMFullAccess"] as const;

export const IAM = [
  {
    id: "iam-actions-named",
    title: "A policy names the actions that it allows",
    why: "An attacker with the role can use the whole service, including actions that AWS adds later.",
    severity: "critical",
    controls: {
      hipaa: ["164.308(a)(4)(ii)(B)", "164.312(a)(1)"],
      soc2: ["CC6.1", "CC6.3"],
      gdpr: ["25(2)", "32(1)(b)"],
      cis: ["1.16"],
      fsbp: ["IAM.1", "IAM.21"],
    },
    allowed: "actions such as s3:GetObject, without a * for all of a service, and no NotAction",
    types: IDENTITY_POLICIES,
    judge: eachGranted(({ actions, notActions }) => {
      if (notActions.length > 0) return { wrong: { NotAction: notActions } };
      const [wrong] = wholeServices(actions);
      if (wrong !== undefined) return { wrong };
      const open = actions.find(isUnknown);
      return open === undefined ? undefined : { open };
    }),
  },
  {
    id: "iam-resources-named",
    title: "A policy names the resources that it allows actions on",
    why: "The role can reach every bucket, secret and key of the account, not only its own.",
    severity: "high",
    controls: {
      hipaa: ["164.308(a)(4)(ii)(B)", "164.312(a)(1)"],
      soc2: ["CC6.1", "CC6.3"],
      gdpr: ["25(2)", "32(1)(b)"],
    },
    allowed:
      "ARNs, or a condition that restricts resources to fixed values, such as aws:ResourceTag/team, and to less than an account for actions such as sts:AssumeRole; * only for actions that support no resources, such as ecr:GetAuthorizationToken; no * for all roles, functions, keys or secrets of an account with these actions",
    types: IDENTITY_POLICIES,
    judge: eachGranted((statement, root) => {
      const { actions, resources, notResources } = statement;
      const narrow = actions.filter((action) => !isOnly(action, PASS_ROLE) && !knowsNoResource(action));
      if (narrow.length === 0 || wholeServices(narrow).length > 0) return undefined;
      const answer = ofEverything(narrow, resources, notResources) ?? ofWholeAccount(statement);
      const reaches = REACHING.some(([action]) => concerns(statement, action));
      return unlessRestricted(statement, root, answer, reaches ? PART_OF_ACCOUNT : RESOURCE);
    }),
  },
  {
    id: "iam-pass-role-narrow",
    title: "A policy that allows iam:PassRole names the roles and the service",
    why: "An identity that may pass any role to any service has the permissions of the most powerful role in the account.",
    severity: "critical",
    controls: { hipaa: ["164.308(a)(4)(ii)(B)"], soc2: ["CC6.1", "CC6.3"], gdpr: ["32(1)(b)"] },
    allowed:
      "iam:PassRole on ARNs of roles without *, with a condition that restricts iam:PassedToService to named services",
    types: IDENTITY_POLICIES,
    judge: eachGranted((statement) => {
      const { resources, notResources, condition } = statement;
      if (!concerns(statement, PASS_ROLE)) return undefined;
      const wrong = { "iam:PassRole": resources, Condition: condition };
      if (notResources.length > 0 || resources.some((one) => hasWildcard(textWithHoles(one) ?? null))) return { wrong };
      return unless(restricts(statement, PASSED_TO), { wrong }) ?? openAmong(resources);
    }),
  },
  {
    id: "iam-admin-policies",
    title: "AWS managed administrator policies are attached only to roles for people, or to roles within a boundary",
    why: "An attacker who breaks into a program that runs as administrator controls the whole account.",
    severity: "critical",
    controls: {
      hipaa: ["164.308(a)(4)(ii)(B)", "164.312(a)(1)"],
      soc2: ["CC6.1", "CC6.3"],
      gdpr: ["32(1)(b)"],
      cis: ["1.16"],
    },
    allowed: `${ADMIN_POLICIES.join(", ")} only on roles that people assume, or that have a permissions_boundary that is not itself administrator`,
    types: ["aws_iam_role_policy_attachment", "aws_iam_group_policy_attachment", "aws_iam_role"],
    judge: (resource, root) => {
      const path = resource.type === "aws_iam_role" ? "managed_policy_arns" : "policy_arn";
      return worst(valuesAt(resource.values, path).map((arn) => judgeAttached(arn, resource, root)));
    },
  },
  {
    id: "iam-people-bounded",
    title: "A role for people has a permissions boundary",
    why: "Without a boundary, people who may manage roles can give themselves every permission.",
    severity: "high",
    controls: { hipaa: ["164.308(a)(3)(i)", "164.308(a)(4)(ii)(B)"], soc2: ["CC6.1", "CC6.3"], gdpr: ["32(1)(b)"] },
    allowed: "a permissions_boundary that is not itself administrator",
    types: ["aws_iam_role"],
    judge: (resource, root) => (assumedByPeople(resource) ? bounded(resource, root) : HOLDS),
  },
  {
    id: "iam-no-users",
    title: "An account that runs a system has no IAM users",
    why: "Users have passwords that remain after people leave, and permissions that nobody reviews.",
    severity: "high",
    controls: { hipaa: ["164.308(a)(3)(i)", "164.312(d)"], soc2: ["CC6.1", "CC6.2"] },
    allowed: "roles, which people and programs assume for hours",
    types: [
      "aws_iam_user",
      "aws_iam_user_login_profile",
      "aws_iam_user_policy_attachment",
      "aws_iam_user_group_membership",
    ],
    judge: forbidden,
  },
  {
    id: "iam-no-access-keys",
    title: "No credential is valid without an end",
    why: "Keys end up in files, logs and repositories, and work for everybody who finds them; the state file contains them too.",
    severity: "critical",
    controls: { hipaa: ["164.312(d)"], soc2: ["CC6.1"], gdpr: ["32(1)(b)"] },
    allowed: "roles, whose credentials are valid for hours",
    types: ["aws_iam_access_key", "aws_iam_service_specific_credential"],
    judge: forbidden,
  },
] as const satisfies readonly ResourceGuardrail[];

const PASS_ROLE = "iam:PassRole";

function ofEverything(
  actions: readonly HclValue[],
  resources: readonly HclValue[],
  notResources: readonly HclValue[],
): Answer {
  if (notResources.length > 0) return { wrong: { NotResource: notResources } };
  if (resources.some(isEverything)) return { wrong: { Action: actions, Resource: resources } };
  return openAmong(resources);
}

/**
 * Actions that give an identity the permissions or the secrets of all resources of a type, if it may use them on each.
 */
function ofWholeAccount(statement: Statement): Answer {
  const { actions, resources } = statement;
  const patterns = resources.filter((resource) => hasWildcard(textWithHoles(resource) ?? null));
  if (patterns.length === 0) return undefined;
  const reaching = REACHING.filter(([action]) => concerns(statement, action));
  const isAll = reaching.some(([, type]) => patterns.some((one) => isEverythingOf([type], one) || isOfAnyAccount(one)));
  return isAll ? { wrong: { Action: actions, Resource: resources } } : undefined;
}

/** Judges the permissions that the policies of a resource grant. A boundary grants none: it limits other policies. */
function eachGranted(judge: (statement: Statement, root: RootConfiguration) => Answer): Judge {
  const own = eachAllowed("policy", judge);
  const inline = eachAllowed("inline_policy.policy", judge);
  return (resource, root) => {
    if (isBoundary(resource, root)) return HOLDS;
    return resource.type === "aws_iam_role" ? inline(resource, root) : own(resource, root);
  };
}

/** Several rows ask for each policy of a root. */
function isBoundary(policy: ResourceInstance, root: RootConfiguration): boolean {
  const known = boundaries.get(root) ?? new Map<ResourceInstance, boolean>();
  boundaries.set(root, known);
  const isOne = known.get(policy) ?? bounds(policy, root);
  known.set(policy, isOne);
  return isOne;
}

const boundaries = new WeakMap<RootConfiguration, Map<ResourceInstance, boolean>>();

/** At least one role uses it as its boundary, or has to, and no role has it attached. */
function bounds(policy: ResourceInstance, root: RootConfiguration): boolean {
  const isNamed = (type: string, by: string) => thoseNaming(policy, type, by, root).length > 0;
  const isUsed = isNamed("aws_iam_role", "permissions_boundary") || isRequired(policy, root);
  return isUsed && !ATTACHMENTS.some(([type, by]) => isNamed(type, by));
}

const ATTACHMENTS = [
  ["aws_iam_role", "managed_policy_arns"],
  ["aws_iam_role_policy_attachment", "policy_arn"],
  ["aws_iam_role_policy_attachments_exclusive", "policy_arns"],
  ["aws_iam_group_policy_attachment", "policy_arn"],
  ["aws_iam_user_policy_attachment", "policy_arn"],
  ["aws_iam_policy_attachment", "policy_arn"],
] as const;

/** A reference to a policy of the root is not an AWS managed policy. */
function judgeAttached(arn: HclValue, resource: ResourceInstance, root: RootConfiguration): Verdict {
  if (isList(arn)) return worst(arn.map((one) => judgeAttached(one, resource, root)));
  const got = `policy_arn = ${show(arn)}`;
  const ends = ADMIN_POLICIES.map((name) => finishesWith(policyArn(arn, root), `:policy/${name}`));
  const isOpen = stemsFromNothing(arn) || (arn instanceof PartialText && ends.includes(undefined));
  if (!ends.includes(true)) return isOpen ? undecided(got) : HOLDS;
  const { role: owner = null } = resource.values;
  const role = resource.type === "aws_iam_role" ? resource : named(owner, "aws_iam_role", root);
  if (role === undefined) return stemsFromNothing(owner) ? undecided(got) : broken(got);
  const { outcome } = bounded(role, root);
  if (outcome === "holds" || assumedByPeople(role)) return HOLDS;
  return outcome === "broken" ? broken(got) : undecided(got);
}
