/** How far the role goes that applies the account: it changes what all others may do, and nothing of its own limit. */
import { hcl, type PolicyStatement } from "../../lib";
import { commonDenials, type Limits, storedObjects } from "./limits";

/** Credentials without an end, and other accounts. */
const USERS = [
  "iam:*AccessKey*",
  "iam:*LoginProfile",
  "iam:*ServiceSpecificCredential*",
  "iam:CreateUser",
  "iam:*UserPolicy",
  "organizations:*",
  "sts:AssumeRole",
] as const;

export function accountStatements(limits: Limits): PolicyStatement[] {
  const { iam, name } = limits;
  const deny = { Effect: "Deny" } as const;
  return [
    { Sid: "AllowWithinOtherPolicies", Effect: "Allow", Action: "*", Resource: "*" },
    { ...deny, Sid: "DenyUsersAndKeys", Action: USERS, Resource: "*" },
    {
      ...deny,
      Sid: "DenyChangingThisBoundary",
      Action: ["iam:*PolicyVersion", "iam:DeletePolicy"],
      Resource: `${iam}:policy/${name}-account-boundary`,
    },
    { ...deny, Sid: "DenyLeavingBoundaries", Action: "iam:Delete*PermissionsBoundary", Resource: "*" },
    {
      ...deny,
      Sid: "DenyRolesWithoutBoundary",
      Action: ["iam:AttachRolePolicy", "iam:CreateRole", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy"],
      Resource: "*",
      Condition: { StringNotLike: { "iam:PermissionsBoundary": `${iam}:policy/*-boundary` } },
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
