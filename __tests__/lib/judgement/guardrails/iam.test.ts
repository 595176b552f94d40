import { IAM } from "../../../../lib/judgement/guardrails/iam";
import { EncodedJson, type HclValue, PartialText, Reference, Unknown } from "../../../../lib/judgement/hcl";
import { resourceOf } from "./fixture";
import { type Case, proveRows } from "./rows";

type Values = { readonly [name: string]: HclValue };

const document = (statement: Values) => new EncodedJson({ Statement: [{ Sid: "Do", Effect: "Allow", ...statement }] });
const policy = (statement: Values) => [resourceOf("aws_iam_role_policy", { policy: document(statement) })];
const role = (values: Values) => resourceOf("aws_iam_role", { name: "people", ...values });
const attach = (values: Values) => resourceOf("aws_iam_role_policy_attachment", { role: "people", ...values });

const table = new Reference("module.data.aws_dynamodb_table.this", "arn");
const boundary = resourceOf("aws_iam_policy", { policy: document({ Action: "*", Resource: "*" }) });
const boundaryArn = new Reference(boundary.address, "arn");
/** A boundary of roles in other roots: this root denies roles without it. */
const required = (arn: string, effect = "Deny") => [
  resourceOf("aws_iam_policy", { name: "workloads", policy: document({ Action: "*", Resource: "*" }) }),
  resourceOf(
    "aws_iam_policy",
    {
      name: "applies",
      policy: document({
        Effect: effect,
        Action: "iam:CreateRole",
        Resource: "arn:aws:iam::111111111111:role/task",
        Condition: { StringNotEquals: { "iam:PermissionsBoundary": arn } },
      }),
    },
    { name: "other" },
  ),
];
const byUsers = document({
  Principal: { AWS: ["arn:aws:iam::444444444444:user/ana"] },
  Action: "sts:AssumeRole",
  Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
});
const byService = document({ Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" });
const administrator = new PartialText(["arn:", new Unknown(), ":iam::aws:policy/AdministratorAccess"]);
const passRole = { Action: "iam:PassRole", Resource: "arn:aws:iam::111111111111:role/task" };
const toEcs = { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } };

proveRows(IAM, {
  "iam-actions-named": [
    ["holds if they are", policy({ Action: ["s3:GetObject", "ec2:Describe*"], Resource: table }), "holds"],
    ["holds if a boundary allows all", [boundary, role({ permissions_boundary: boundaryArn })], "holds", "holds"],
    [
      "is broken if a boundary is attached as well",
      [boundary, role({ permissions_boundary: boundaryArn }), attach({ policy_arn: boundaryArn })],
      'broken: policy, Do: "*"',
      "holds",
    ],
    [
      "holds if roles have to have it as their boundary",
      required("arn:aws:iam::111111111111:policy/workloads"),
      "holds",
      "holds",
    ],
    [
      "is broken if roles have to have another boundary",
      required("arn:aws:iam::111111111111:policy/other"),
      'broken: policy, Do: "*"',
      "holds",
    ],
    [
      "is broken if roles only may have it",
      required("arn:aws:iam::111111111111:policy/workloads", "Allow"),
      'broken: policy, Do: "*"',
      "holds",
    ],
    ["holds if it denies everything", policy({ Effect: "Deny", Action: "*" }), "holds"],
    ...["*", "s3:*", "S3:*", "s3:?*", "s?:GetObject", "*:GetObject", "*:*", "s3:**", "sqs:*e*"].map(
      (action): Case => [
        `is broken if the action is ${action}`,
        policy({ Action: ["s3:GetObject", action] }),
        `broken: policy, Do: "${action}"`,
      ],
    ),
    [
      "is broken for all actions but some",
      policy({ NotAction: "iam:*" }),
      'broken: policy, Do: {"NotAction": ["iam:*"]}',
    ],
    [
      "is broken if an inline policy of the role allows everything",
      [role({ inline_policy: [{ policy: document({ Action: "*" }) }] })],
      'broken: inline_policy.policy, Do: "*"',
    ],
    [
      "is unknown if an action is unknown",
      policy({ Action: new Unknown() }),
      "unknown: policy, Do: (known after apply)",
    ],
    [
      "is unknown if all of it is unknown",
      [resourceOf("aws_iam_policy", { policy: new Unknown() })],
      "unknown: policy = (known after apply)",
    ],
  ],
  "iam-resources-named": [
    ["holds if they are", policy({ Action: "dynamodb:GetItem", Resource: table }), "holds"],
    ["holds if there are none", policy({ Action: "ecr:GetAuthorizationToken", Resource: "*" }), "holds"],
    [
      "holds if a condition names them",
      policy({ Action: "kms:Decrypt", Resource: "*", Condition: { StringEquals: { "kms:ViaService": "s3" } } }),
      "holds",
    ],
    [
      "is broken for all resources",
      policy({ Action: ["ecr:GetAuthorizationToken", "secretsmanager:GetSecretValue"], Resource: "*" }),
      'broken: policy, Do: {"Action": ["secretsmanager:GetSecretValue"], "Resource": ["*"]}',
    ],
    [
      "is broken for all resources of a service",
      policy({ Action: "s3:GetObject", Resource: "arn:aws:s3:::*" }),
      'broken: policy, Do: {"Action": ["s3:GetObject"], "Resource": ["arn:aws:s3:::*"]}',
    ],
    ...Object.entries<HclValue>({
      "its condition is about TLS": { Bool: { "aws:SecureTransport": "true" } },
      "its condition is about a date": { DateLessThan: { "aws:CurrentTime": "2030-01-01T00:00:00Z" } },
      "its condition is about the caller": { StringEquals: { "aws:PrincipalAccount": "111111111111" } },
      "any tag matches": { StringLike: { "aws:ResourceTag/team": "*" } },
      "any account matches": { StringLike: { "aws:ResourceAccount": "????????????" } },
    }).map(
      ([what, Condition]): Case => [
        `is broken if all are meant and ${what}`,
        policy({ Action: "s3:GetObject", Resource: "*", Condition }),
        'broken: policy, Do: {"Action": ["s3:GetObject"], "Resource": ["*"]}',
      ],
    ),
    [
      "holds if a condition requires a tag or the account",
      [
        ...policy({
          Action: "s3:GetObject",
          Resource: "*",
          Condition: { StringEquals: { "aws:ResourceTag/Team": "a" } },
        }),
        ...policy({
          Action: "S3:GET*",
          Resource: "*",
          Condition: { StringEquals: { "AWS:ResourceAccount": "111111111111" } },
        }),
      ],
      "holds",
      "holds",
    ],
    [
      "is broken for all resources but one",
      policy({ Action: "s3:GetObject", NotResource: "arn:aws:s3:::a" }),
      'broken: policy, Do: {"NotResource": ["arn:aws:s3:::a"]}',
    ],
    [
      "is unknown if one is unknown",
      policy({ Action: "s3:GetObject", Resource: new Unknown() }),
      "unknown: policy, Do: (known after apply)",
    ],
  ],
  "iam-pass-role-narrow": [
    ["holds if it names role and service", policy({ ...passRole, Condition: toEcs }), "holds"],
    [
      "is broken if any service may receive it",
      policy(passRole),
      'broken: policy, Do: {"iam:PassRole": ["arn:aws:iam::111111111111:role/task"], "Condition": {}}',
    ],
    [
      "is broken for any role",
      policy({ Action: "iam:Pass*", Resource: "arn:aws:iam::111111111111:role/*", Condition: toEcs }),
      'broken: policy, Do: {"iam:PassRole": ["arn:aws:iam::111111111111:role/*"], "Condition": {"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}}}',
    ],
    ...["i*:*", "IAM:P*", "*"].map(
      (Action): Case => [
        `is broken if ${Action} takes it in`,
        policy({ Action, Resource: "*" }),
        'broken: policy, Do: {"iam:PassRole": ["*"], "Condition": {}}',
      ],
    ),
    [
      "is broken if NotAction does not exclude it",
      policy({ NotAction: ["iam:Get*", "s3:*"], Resource: "*" }),
      'broken: policy, Do: {"iam:PassRole": ["*"], "Condition": {}}',
    ],
    ["holds if NotAction excludes it", policy({ NotAction: "IAM:pass*", Resource: "*" }), "holds"],
    [
      "is broken if any AWS service may receive it",
      policy({ ...passRole, Condition: { StringLike: { "iam:PassedToService": "*.amazonaws.com" } } }),
      'broken: policy, Do: {"iam:PassRole": ["arn:aws:iam::111111111111:role/task"], "Condition": {"StringLike": {"iam:PassedToService": "*.amazonaws.com"}}}',
    ],
    [
      "is unknown if the role is unknown",
      policy({ ...passRole, Resource: new Unknown(), Condition: toEcs }),
      "unknown: policy, Do: (known after apply)",
    ],
  ],
  "iam-admin-policies": [
    [
      "holds if people have it",
      [attach({ policy_arn: administrator }), role({ assume_role_policy: byUsers })],
      "holds",
      "holds",
    ],
    [
      "holds if a boundary limits it",
      [
        attach({ policy_arn: administrator }),
        role({ assume_role_policy: byService, permissions_boundary: boundaryArn }),
      ],
      "holds",
      "holds",
    ],
    ["holds for a policy of the root", [attach({ policy_arn: boundaryArn })], "holds"],
    [
      "is broken if a program has it",
      [attach({ policy_arn: administrator }), role({ assume_role_policy: byService })],
      'broken: policy_arn = "arn:(known after apply):iam::aws:policy/AdministratorAccess"',
      "holds",
    ],
    [
      "is broken if the boundary of the program is itself administrator",
      [
        attach({ policy_arn: administrator }),
        role({ assume_role_policy: byService, permissions_boundary: "arn:aws:iam::aws:policy/AdministratorAccess" }),
      ],
      'broken: policy_arn = "arn:(known after apply):iam::aws:policy/AdministratorAccess"',
      "holds",
    ],
    [
      "is broken if a role lists it",
      [role({ assume_role_policy: byService, managed_policy_arns: ["arn:aws:iam::aws:policy/IAMFullAccess"] })],
      'broken: policy_arn = "arn:aws:iam::aws:policy/IAMFullAccess"',
    ],
    [
      "is unknown if the policy is unknown",
      [attach({ policy_arn: new PartialText(["arn:aws:iam::aws:policy/", new Unknown()]) })],
      'unknown: policy_arn = "arn:aws:iam::aws:policy/(known after apply)"',
    ],
  ],
  "iam-people-bounded": [
    ["holds if it is", [role({ assume_role_policy: byUsers, permissions_boundary: boundaryArn })], "holds"],
    ["holds if only a service assumes it", [role({ assume_role_policy: byService })], "holds"],
    ["is broken if it is not", [role({ assume_role_policy: byUsers })], "broken: permissions_boundary = null"],
    [
      "is broken if the boundary is itself administrator",
      [boundary, role({ assume_role_policy: byUsers, permissions_boundary: boundaryArn })],
      "broken: permissions_boundary = ${module.call.aws_iam_policy.this.arn}, which allows iam:CreateRole and iam:AttachRolePolicy on everything",
    ],
    [
      "is unknown if it is unknown",
      [role({ assume_role_policy: byUsers, permissions_boundary: new Unknown() })],
      "unknown: permissions_boundary = (known after apply)",
    ],
  ],
  "iam-no-users": [
    ["holds if there are roles", [role({})]],
    ["is broken if there is one", [resourceOf("aws_iam_user", {})], "broken: a resource of type aws_iam_user"],
  ],
  "iam-no-access-keys": [
    ["holds if there are roles", [role({})]],
    [
      "is broken if there is one",
      [resourceOf("aws_iam_access_key", {})],
      "broken: a resource of type aws_iam_access_key",
    ],
  ],
});
