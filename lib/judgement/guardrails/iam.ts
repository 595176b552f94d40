/** Permissions: no more than is needed, given to roles and never to users. */
import { type ResourceInstance, type RootConfiguration, show } from "../configuration";
import { finishesWith, isList, isUnknown, PartialText, type Value } from "../hcl";
import { concerns, isOnly, knowsNoResource, wholeServices } from "./actions";
import { forbidden, type Judge, worst } from "./attributes";
import { bounded, policyArn } from "./boundaries";
import { PASSED_TO, RESOURCE } from "./condition-keys";
import { restricts } from "./conditions";
import { broken, HOLDS, type ResourceGuardrail, undecided, type Verdict } from "./guardrail";
import { hasWildcard } from "./patterns";
import type { Statement } from "./policies";
import { REACHING } from "./reaching-actions";
import { type Answer, eachAllowed, openAmong, unless } from "./statements";
import { isEverything, isEverythingOf } from "./targets";
import { assumedByPeople } from "./trust";
import { named, stemsFromNothing, textWithHoles, thoseNaming, valuesAt } from "./values";

/** Where a policy says what its owner may do. */
const IDENTITY_POLICIES = [
  "aws_iam_role_policy",
  "aws_iam_policy",
  "aws_iam_group_policy",
  "aws_iam_user_policy",
  "aws_iam_role",
] as const;

/** AWS's policies that let their owner make himself anything. */
const ADMIN_POLICIES = ["AdministratorAccess", "PowerUserAccess", "IAMFullAccess"] as const;

export const IAM = [
  {
    id: "iam-actions-named",
    title: "A policy names the actions that it allows",
    why: "Whoever gets hold of the role can do everything with the service, what AWS will add to it included.",
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
    why: "The role reaches every bucket, secret and key of the account, not only its own.",
    severity: "high",
    controls: {
      hipaa: ["164.308(a)(4)(ii)(B)", "164.312(a)(1)"],
      soc2: ["CC6.1", "CC6.3"],
      gdpr: ["25(2)", "32(1)(b)"],
    },
    allowed:
      "ARNs, or a condition that restricts resources to fixed values, such as aws:ResourceTag/team; * only for actions that know no resources, such as ecr:GetAuthorizationToken; no * for all roles, functions, keys or secrets of an account with actions such as sts:AssumeRole",
    types: IDENTITY_POLICIES,
    judge: eachGranted((statement) => {
      const { actions, resources, notResources } = statement;
      const narrow = actions.filter((action) => !isOnly(action, PASS_ROLE) && !knowsNoResource(action));
      if (narrow.length === 0 || wholeServices(narrow).length > 0) return undefined;
      const answer = ofEverything(narrow, resources, notResources) ?? ofWholeAccount(statement);
      return unless(restricts(statement, RESOURCE), answer);
    }),
  },
  {
    id: "iam-pass-role-narrow",
    title: "A policy that lets roles be passed on names the roles and the service that gets them",
    why: "Who may pass any role to any service has the rights of the mightiest role in the account.",
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
    title: "Administrators' policies of AWS belong to people, or stay within a boundary",
    why: "A program that runs as administrator hands the whole account to whoever breaks into it.",
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
    title: "A role of people stays within a permissions boundary",
    why: "Without one, people with rights over roles give themselves every other right.",
    severity: "high",
    controls: { hipaa: ["164.308(a)(3)(i)", "164.308(a)(4)(ii)(B)"], soc2: ["CC6.1", "CC6.3"], gdpr: ["32(1)(b)"] },
    allowed: "a permissions_boundary that is not itself administrator",
    types: ["aws_iam_role"],
    judge: (resource, root) => (assumedByPeople(resource) ? bounded(resource, root) : HOLDS),
  },
  {
    id: "iam-no-users",
    title: "There are no users in an account that runs a system",
    why: "Users have passwords that stay when people go, and permissions that nobody looks at again.",
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
    title: "There are no credentials without an end",
    why: "Keys end up in files, logs and repositories, and work for whoever finds them; the state file holds them too.",
    severity: "critical",
    controls: { hipaa: ["164.312(d)"], soc2: ["CC6.1"], gdpr: ["32(1)(b)"] },
    allowed: "roles, whose credentials last for hours",
    types: ["aws_iam_access_key", "aws_iam_service_specific_credential"],
    judge: forbidden,
  },
] as const satisfies readonly ResourceGuardrail[];

const PASS_ROLE = "iam:PassRole";

function ofEverything(actions: readonly Value[], resources: readonly Value[], notResources: readonly Value[]): Answer {
  if (notResources.length > 0) return { wrong: { NotResource: notResources } };
  if (resources.some(isEverything)) return { wrong: { Action: actions, Resource: resources } };
  return openAmong(resources);
}

/** Actions by which an identity gets the rights or the secrets of all resources of a type, if it may use them on each. */
function ofWholeAccount(statement: Statement): Answer {
  const { actions, resources } = statement;
  const reaching = REACHING.filter(([action]) => concerns(statement, action));
  const isAll = reaching.some(([, type]) => resources.some((resource) => isEverythingOf([type], resource)));
  return isAll ? { wrong: { Action: actions, Resource: resources } } : undefined;
}

/** Judges what the policies of a resource allow. A boundary allows nothing: it limits what other policies can. */
function eachGranted(judge: (statement: Statement) => Answer): Judge {
  const own = eachAllowed("policy", judge);
  const inline = eachAllowed("inline_policy.policy", judge);
  return (resource, root) => {
    if (isBoundary(resource, root)) return HOLDS;
    return resource.type === "aws_iam_role" ? inline(resource, root) : own(resource, root);
  };
}

/** Some role names it as its boundary, and none has it attached. */
function isBoundary(policy: ResourceInstance, root: RootConfiguration): boolean {
  const isNamed = (type: string, by: string) => thoseNaming(policy, type, by, root).length > 0;
  return isNamed("aws_iam_role", "permissions_boundary") && !ATTACHMENTS.some(([type, by]) => isNamed(type, by));
}

const ATTACHMENTS = [
  ["aws_iam_role", "managed_policy_arns"],
  ["aws_iam_role_policy_attachment", "policy_arn"],
  ["aws_iam_role_policy_attachments_exclusive", "policy_arns"],
  ["aws_iam_group_policy_attachment", "policy_arn"],
  ["aws_iam_user_policy_attachment", "policy_arn"],
  ["aws_iam_policy_attachment", "policy_arn"],
] as const;

/** A reference to a policy of the root is none of AWS's. */
function judgeAttached(arn: Value, resource: ResourceInstance, root: RootConfiguration): Verdict {
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
