/** The boundary of the roles that plan and apply environments, deploy to them and migrate their databases. */
import { AUDIT_LOGS, condition, type Expression, hcl, type PolicyStatement } from "../../lib";
import { commonDenials, hasClusters, type Limits, optional, parameterDenials, storedObjects } from "./limits";

const IAM_READS = ["iam:Get*", "iam:List*", "iam:SimulatePrincipalPolicy"] as const;

/** Roles for workloads. Only the account may change users, groups, policies, providers and trust policies. */
const IAM_WRITES = [
  "iam:AttachRolePolicy",
  "iam:CreateRole",
  "iam:CreateServiceLinkedRole",
  "iam:DeleteRole",
  "iam:DeleteRolePolicy",
  "iam:DetachRolePolicy",
  "iam:PassRole",
  "iam:PutRolePermissionsBoundary",
  "iam:PutRolePolicy",
  "iam:TagRole",
  "iam:UntagRole",
  "iam:UpdateRole*",
] as const;

/** Every write of IAM, in few characters: a policy has at most 6,144. */
const ROLE_CHANGES = [
  "iam:Attach*",
  "iam:Create*",
  "iam:Delete*",
  "iam:Detach*",
  "iam:PassRole",
  "iam:Put*",
  "iam:Tag*",
  "iam:Untag*",
  "iam:Update*",
] as const;

/** Actions of Terraform on the state backend, by service: objects and settings of buckets, locks, the key. */
const STORE = {
  s3: [
    "s3:DeleteObject",
    "s3:GetObject",
    "s3:GetObjectVersion",
    "s3:PutObject",
    "s3:Get*Configuration",
    "s3:GetBucket*",
    "s3:List*",
  ],
  dynamodb: ["dynamodb:DeleteItem", "dynamodb:Describe*", "dynamodb:GetItem", "dynamodb:List*", "dynamodb:PutItem"],
  kms: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey", "kms:GetKey*", "kms:ListResourceTags"],
} as const;

/** For the plan of the account, which has the same boundary as plans of environments. */
const DETECTOR_READS = [
  "cloudtrail:Describe*",
  "cloudtrail:Get*",
  "cloudtrail:List*",
  "config:Describe*",
  "config:List*",
  "guardduty:Get*",
  "guardduty:List*",
] as const;

/** Of rules, topics, alarms, and filters of audit logs. */
const ALERT_CHANGES = [
  "cloudwatch:Delete*",
  "cloudwatch:Disable*",
  "cloudwatch:Put*",
  "cloudwatch:Set*",
  "events:Delete*",
  "events:Disable*",
  "events:Put*",
  "events:Remove*",
  "logs:*MetricFilter",
  "sns:AddPermission",
  "sns:Delete*",
  "sns:Remove*",
  "sns:Set*",
  "sns:Unsubscribe",
] as const;

export function environmentStatements(limits: Limits): Expression<object[]> {
  const clusters = optional(hasClusters(limits), {
    Sid: "AllowIssuersOfClusters",
    Effect: "Allow",
    Action: "iam:*OpenIDConnectProvider*",
    Resource: `${limits.iam}:oidc-provider/oidc.eks.*`,
  });
  return hcl`concat(${statements(limits)}, ${store(limits)}, ${clusters}, ${parameterDenials(limits)})`;
}

/**
 * The state backend: of services that environments have as a whole, it needs no permissions of its own, and the policy is close to its
 * longest size. So it is one statement, too. Each action applies to its type of resource only.
 */
function store(limits: Limits): Expression<object[]> {
  const { services, lockTableArns } = limits;
  const hasBoth = hcl<boolean>`contains(${services}, "s3") && contains(${services}, "kms")`;
  const allow = { Sid: "AllowStore", Effect: "Allow" } as const;
  const whole = {
    ...allow,
    Action: [...STORE.s3, ...STORE.dynamodb, ...STORE.kms],
    Resource: hcl<
      string[]
    >`sort(setunion(${limits.stateBucketArns}, ${limits.plansBucketArns}, ${storedObjects(limits)}, ${lockTableArns}, ${limits.stateKeyArns}))`,
  };
  const locks = { ...allow, Action: STORE.dynamodb, Resource: hcl<string[]>`sort(${lockTableArns})` };
  return hcl`concat(${optional(condition`!(${hasBoth})`, whole)}, ${optional(condition`${hasBoth}`, locks)})`;
}

/** No condition key limits the content of a trust policy, so that the trust of an existing role cannot change. */
function statements(limits: Limits): PolicyStatement[] {
  const { iam, name } = limits;
  const locks = hcl<string[]>`sort(${limits.lockTableArns})`;
  const guarded = hcl<
    string[]
  >`[for role in concat([${`${name}-*`}], sort(${limits.guardedRoleNames})) : format("%s:role/%s", ${iam}, role)]`;
  const allow = { Effect: "Allow" } as const;
  const deny = { Effect: "Deny" } as const;
  return [
    {
      ...allow,
      Sid: "AllowSystems",
      Action: hcl<string[]>`[for service in sort(${limits.services}) : format("%s:*", service)]`,
      Resource: "*",
    },
    {
      ...allow,
      Sid: "AllowRolesAndReads",
      Action: hcl<
        string[]
      >`concat(${[...IAM_READS, ...IAM_WRITES, "sts:GetCallerIdentity", ...DETECTOR_READS]}, sort(${limits.accountReads}))`,
      Resource: "*",
    },
    {
      ...deny,
      Sid: "DenyRolesOutsideTheBoundary",
      Action: ["iam:AttachRolePolicy", "iam:CreateRole", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy"],
      Resource: "*",
      Condition: { StringNotEquals: { "iam:PermissionsBoundary": `${iam}:policy/${name}-workloads-boundary` } },
    },
    { ...deny, Sid: "DenyGuardedRoles", Action: ROLE_CHANGES, Resource: guarded },
    {
      ...deny,
      Sid: "DenyChangingBuckets",
      // TagResource and UntagResource: s3:Put* does not cover them, and the policy is close to its longest size.
      Action: ["s3:*agResource", "s3:CreateBucket", "s3:DeleteBucket*", "s3:Put*"],
      Resource: hcl<
        string[]
      >`sort(setunion(${limits.stateBucketArns}, ${limits.plansBucketArns}, ${limits.guardedBucketArns}))`,
    },
    {
      ...deny,
      Sid: "DenyChangingLocks",
      Action: ["dynamodb:Delete*Policy", "dynamodb:DeleteTable", "dynamodb:Put*Policy", "dynamodb:Update*"],
      Resource: locks,
    },
    {
      ...deny,
      Sid: "DenyChangingKeys",
      Action: ["kms:*Alias", "kms:CreateGrant", "kms:Put*", "kms:Update*"],
      Resource: hcl<string[]>`sort(setunion(${limits.stateKeyArns}, ${limits.guardedKeyArns}))`,
    },
    {
      ...deny,
      Sid: "DenyAccountAlerts",
      Action: ALERT_CHANGES,
      Resource: [
        ["events", `rule/${limits.guardedAlerts}-`],
        ["sns", `${limits.guardedAlerts}-`],
        ["cloudwatch", `alarm:${limits.guardedAlerts}-`],
        ["logs", `log-group:${AUDIT_LOGS}`],
      ].map(([service, name]) => `arn:${limits.arnPartition}:${service}:*:${limits.accountId}:${name}*`),
    },
    ...commonDenials(limits, ["s3:DeleteObjectVersion"]),
  ];
}
