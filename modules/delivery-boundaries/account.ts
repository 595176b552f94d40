/** The boundary of the role that applies the account: it can change the permissions of all others, and not its own boundary. */
import { type Expression, hcl, type PolicyStatement } from "../../lib";
import { commonDenials, type Limits, parameterDenials, storedObjects } from "./limits";

/** Long-term credentials, and access for other accounts. */
const USERS = [
  "iam:*AccessKey*",
  "iam:*LoginProfile",
  "iam:*ServiceSpecificCredential*",
  "iam:CreateUser",
  "iam:*UserPolicy",
  "organizations:*",
  "sts:AssumeRole",
] as const;

/** By name: the reads that `iam:*PolicyVersion` stands for as well are what a plan of the boundary needs. */
const POLICY_CHANGES = [
  "iam:CreatePolicyVersion",
  "iam:DeletePolicy",
  "iam:DeletePolicyVersion",
  "iam:SetDefaultPolicyVersion",
] as const;

export function accountStatements(limits: Limits): Expression<object[]> {
  return hcl`concat(${statements(limits)}, ${parameterDenials(limits)})`;
}

function statements(limits: Limits): PolicyStatement[] {
  const { iam, name } = limits;
  const deny = { Effect: "Deny" } as const;
  return [
    { Sid: "AllowWithinOtherPolicies", Effect: "Allow", Action: "*", Resource: "*" },
    { ...deny, Sid: "DenyUsersAndKeys", Action: USERS, Resource: "*" },
    {
      ...deny,
      Sid: "DenyChangingThisBoundary",
      Action: POLICY_CHANGES,
      Resource: `${iam}:policy/${name}-account-boundary`,
    },
    { ...deny, Sid: "DenyLeavingBoundaries", Action: "iam:Delete*PermissionsBoundary", Resource: "*" },
    {
      ...deny,
      Sid: "DenyRolesWithoutBoundary",
      Action: ["iam:AttachRolePolicy", "iam:CreateRole", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy"],
      Resource: "*",
      Condition: { StringNotEquals: { "iam:PermissionsBoundary": boundaries(limits) } },
    },
    {
      ...deny,
      Sid: "DenyLosingState",
      Action: ["dynamodb:DeleteTable", "s3:DeleteBucket", "s3:DeleteBucketPolicy", "s3:DeleteObjectVersion"],
      Resource: hcl<
        string[]
      >`sort(setunion(${limits.stateBucketArns}, ${limits.plansBucketArns}, ${storedObjects(limits)}, ${limits.lockTableArns}))`,
    },
    ...commonDenials(limits),
  ];
}

/** Listed one by one: a policy with another name can allow everything. */
function boundaries({ iam, name, otherBoundaryArns }: Limits): Expression<string> {
  const own = ["account", "environments", "workloads"].map((whose) => `${iam}:policy/${name}-${whose}-boundary`);
  return hcl`sort(setunion(${own}, ${otherBoundaryArns}))`;
}
