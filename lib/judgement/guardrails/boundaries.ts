/** Permissions boundaries: whether a boundary keeps a role from becoming administrator. */
import { type ResourceInstance, type RootConfiguration, show } from "../configuration";
import { finishesWith, type HclValue, isUnknown, Unknown } from "../hcl";
import { accountOf } from "./account";
import { concerns } from "./actions";
import { given } from "./attributes";
import { BOUNDARY, type ConditionSubject, RESOURCE } from "./condition-keys";
import { restrictsAny } from "./conditions";
import { isFixed } from "./fixed-values";
import { broken, HOLDS, undecided, type Verdict } from "./guardrail";
import { actionsOf } from "./iam-data";
import { type Statement, statementsOf } from "./policies";
import { isEverythingOf } from "./targets";
import { HOLE, pointsAt, textWithHoles } from "./values";

/** AWS managed policies that let a role become administrator. PowerUserAccess excludes IAM, so it bounds a role. */
const ADMINISTRATORS = ["AdministratorAccess", "IAMFullAccess"] as const;

/**
 * Actions that together let a role leave its boundary, if they are allowed on everything and without a condition on
 * `iam:PermissionsBoundary`.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html#access_policies_boundaries-delegate
 */
const WAYS_OUT: readonly (readonly string[])[] = [
  ["iam:CreateRole", "iam:AttachRolePolicy"],
  ["iam:CreateRole", "iam:PutRolePolicy"],
  ["iam:CreateUser", "iam:AttachUserPolicy"],
  ["iam:CreateUser", "iam:PutUserPolicy"],
  ["iam:CreateAccessKey"],
  ["iam:CreateLoginProfile"],
  ["iam:CreatePolicyVersion"],
  ["iam:DeleteRolePermissionsBoundary"],
  ["iam:PutRolePermissionsBoundary"],
];

/**
 * The role has a boundary that does not itself allow the role to become administrator. A policy of another root counts
 * as a boundary.
 */
export function bounded(role: ResourceInstance, root: RootConfiguration): Verdict {
  const { permissions_boundary: boundary = null } = role.values;
  const got = `permissions_boundary = ${show(boundary)}`;
  const arn = policyArn(boundary, root);
  if (ADMINISTRATORS.some((name) => finishesWith(arn, `:policy/${name}`) === true)) return broken(got);
  const policy = root.of("aws_iam_policy").find((one) => pointsAt(boundary, one) || isArnOf(boundary, one, root));
  if (policy !== undefined) return judgeBoundary(policy.values.policy ?? null, got);
  return given("permissions_boundary")(role, root);
}

/** The ARN of an AWS managed policy that a data source looks up; any other value unchanged. */
export function policyArn(value: HclValue, root: RootConfiguration): HclValue {
  const [source] = isUnknown(value) ? value.references.filter(({ address }) => DATA_POLICY.test(address)) : [];
  const { arn = null, name = null } = (source && root.at(source.address)?.values) ?? {};
  if (typeof arn === "string") return arn;
  return typeof name === "string" ? `arn:aws:iam::aws:policy/${name}` : value;
}

const DATA_POLICY = /(^|\.)data\.aws_iam_policy\./;

/** Whether the text is the ARN of a policy of the root, as derived from its name. */
function isArnOf(text: HclValue, { values }: ResourceInstance, root: RootConfiguration): boolean {
  const [, , service, , account = "", ...resource] = (textWithHoles(text) ?? "").split(":");
  const { name = null, path = null } = values;
  const isOwn = account === HOLE || account === (accountOf(root) ?? account);
  return service === "iam" && isOwn && resource.join(":") === `policy${path ?? "/"}${textWithHoles(name) ?? HOLE}`;
}

/** Whether a policy of the root denies roles without this policy as their boundary. Roles of other roots have it then. */
export function isRequired(policy: ResourceInstance, root: RootConfiguration): boolean {
  return root.of("aws_iam_policy").some(({ values }) => {
    const statements = statementsOf(values.policy ?? null);
    if (statements instanceof Unknown) return false;
    return statements.some(({ effect, conditions }) => effect === "Deny" && conditions.some(requires));
  });

  function requires({ test, key, values }: Statement["conditions"][number]): boolean {
    return BOUNDARY(key) !== undefined && /not/.test(test) && values.some((value) => isArnOf(value, policy, root));
  }
}

function judgeBoundary(document: HclValue, got: string): Verdict {
  const statements = statementsOf(document);
  if (statements instanceof Unknown) return undecided(`${got}, whose policy is not known`);
  const out = WAYS_OUT.find((actions) => actions.every((action) => isGranted(action, statements)));
  return out === undefined ? HOLDS : broken(`${got}, which allows ${out.join(" and ")} on everything`);
}

function isGranted(action: string, statements: readonly Statement[]): boolean {
  const concerning = statements.filter((statement) => concerns(statement, action));
  const types = actionsOf("iam").find(({ name }) => name === action)?.resourceTypes ?? [];
  const isDenied = concerning.some(
    (statement) => statement.effect === "Deny" && (denies(statement, types) || protectsPolicies(statement, action)),
  );
  return !isDenied && concerning.some((statement) => statement.effect === "Allow" && grants(statement, types));
}

/** Whether the statement allows its actions on everything. */
function grants(statement: Statement, types: readonly string[]): boolean {
  return isOnEverything(statement, types) && restrictsAny(statement, BOUNDARY, OTHERWISE) === false;
}

/**
 * Whether the statement denies its actions to everybody, or to everybody who sets a boundary other than the named ones.
 */
function denies(statement: Statement, types: readonly string[]): boolean {
  const isMet = statement.conditions.every(
    ({ test, key, values }) =>
      BOUNDARY(key) !== undefined && /not/.test(test) && values.every((value) => isFixed(value, "arn", key) !== false),
  );
  return isOnEverything(statement, types) && isMet && statement.openConditions.length === 0;
}

/** A new role can get any boundary that a pattern matches, such as one that it makes itself. */
const OTHERWISE: ConditionSubject = (key) => (BOUNDARY(key) === undefined ? PART_OF_ACCOUNT(key) : undefined);

/** A boundary only has to deny new versions of itself. */
function protectsPolicies({ resources, conditions, openConditions }: Statement, action: string): boolean {
  return (
    action === "iam:CreatePolicyVersion" && resources.length > 0 && conditions.length + openConditions.length === 0
  );
}

/** A condition that names an account or an organization leaves all of its resources. */
export const PART_OF_ACCOUNT: ConditionSubject = (key) =>
  /^aws:resource(account|org)/.test(key) ? undefined : RESOURCE(key);

function isOnEverything({ resources, notResources }: Statement, types: readonly string[]): boolean {
  return notResources.length > 0 || resources.some((resource) => isEverythingOf(types, resource));
}
