/** Mutants for a module with a role: trust policies, permissions, and what every module may break. */
import { ANY_POD, EKS, GITHUB, PERSON } from "./mutant";

function role(statement: object) {
  const document = { Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] };
  return { name: "extra", assume_role_policy: JSON.stringify(document) };
}

const WITH_MFA = { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } };
const BOUNDED = { permissions_boundary: "arn:aws:iam::111111111111:policy/boundary" };
const BY_GITHUB = { Action: "sts:AssumeRoleWithWebIdentity", Principal: { Federated: GITHUB } };

/** Trust policies. Each has a resource of its own, so that they share a plan. */
export const ROLES = {
  "iam-people-bounded": [
    "resource.aws_iam_role.people",
    role({ Action: "sts:AssumeRole", Principal: { AWS: PERSON }, ...WITH_MFA }),
  ],
  "trust-named-principals": ["resource.aws_iam_role.anybody", role({ Action: "sts:AssumeRole", Principal: "*" })],
  "trust-service-of-own-account": [
    "resource.aws_iam_role.service",
    role({ Action: "sts:AssumeRole", Principal: { Service: "dms.amazonaws.com" } }),
  ],
  "trust-users-with-mfa": [
    "resource.aws_iam_role.password",
    { ...role({ Action: "sts:AssumeRole", Principal: { AWS: PERSON } }), ...BOUNDED },
  ],
  "trust-federation-claims": [
    "resource.aws_iam_role.any_audience",
    role({
      ...BY_GITHUB,
      Condition: { StringEquals: { "token.actions.githubusercontent.com:sub": "repo:owner/name:environment:prod" } },
    }),
  ],
  "trust-service-account": [
    "resource.aws_iam_role.any_pod",
    role({
      Action: "sts:AssumeRoleWithWebIdentity",
      Principal: { Federated: EKS },
      Condition: { StringLike: ANY_POD },
    }),
  ],
  "trust-github-repository": [
    "resource.aws_iam_role.any_repository",
    role({
      ...BY_GITHUB,
      Condition: {
        StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" },
        StringLike: { "token.actions.githubusercontent.com:sub": "repo:owner/*" },
      },
    }),
  ],
} as const;

function policy(statement: object) {
  return {
    role: "robot",
    policy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] }),
  };
}

const LOG = "arn:aws:logs:us-east-1:111111111111:log-group:shop:*";

/** Permissions. */
export const PERMISSIONS = {
  "iam-actions-named": ["resource.aws_iam_role_policy", { extra: policy({ Action: "logs:*", Resource: LOG }) }],
  "iam-resources-named": [
    "resource.aws_iam_role_policy",
    { extra: policy({ Action: "logs:PutLogEvents", Resource: "*" }) },
  ],
  "iam-pass-role-narrow": [
    "resource.aws_iam_role_policy",
    { extra: policy({ Action: "iam:PassRole", Resource: "arn:aws:iam::111111111111:role/task" }) },
  ],
  "policy-elements-filled": [
    "resource.aws_iam_role_policy",
    { extra: policy({ Action: "logs:PutLogEvents", Resource: [] }) },
  ],
  "policy-size": [
    "resource.aws_iam_role_policy",
    {
      extra: policy({
        Action: "logs:PutLogEvents",
        Resource: Array.from({ length: 300 }, (_, i) => LOG.replace("shop", `${i}`)),
      }),
    },
  ],
  "iam-admin-policies": [
    "resource.aws_iam_role_policy_attachment.admin",
    { role: "robot", policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess" },
  ],
} as const;

/** What any module may break. */
export const ANYWHERE = {
  "no-secret-values-in-state": [
    "resource.aws_ssm_parameter",
    { extra: { name: "/a", type: "SecureString", value: "swordfish" } },
  ],
  "service-not-ended": ["resource.aws_qldb_ledger", { extra: { permissions_mode: "STANDARD" } }],
  "service-open-to-new-customers": [
    "resource.aws_cloud9_environment_ec2",
    { extra: { name: "extra", instance_type: "t3.micro", image_id: "amazonlinux-2023-x86_64" } },
  ],
} as const;
