/** Policies whose conditions look like a restriction, or whose `*` covers everything of an account. */
import { allow, FOREIGN, OWN, policy, type SynthRow } from "./attempt";

const BUCKET = "arn:aws:s3:::shop/*";
const GITHUB = "token.actions.githubusercontent.com";
const COGNITO = "cognito-identity.amazonaws.com";
const CLUSTER = "oidc.eks.us-east-1.amazonaws.com/id/A";

function provider(host: string): string {
  return `arn:aws:iam::${OWN}:oidc-provider/${host}`;
}

/** Conditions that do not restrict a public bucket policy. */
const OPEN: readonly (readonly [what: string, condition: object])[] = [
  ["of any other account", { StringNotEquals: { "aws:PrincipalAccount": FOREIGN } }],
  ["of a foreign account", { StringEquals: { "aws:PrincipalAccount": FOREIGN } }],
  ["of the own account and a foreign one", { StringEquals: { "aws:PrincipalAccount": [OWN, FOREIGN] } }],
  ["on behalf of a foreign account", { StringEquals: { "aws:SourceAccount": FOREIGN } }],
  ["from a topic of a foreign account", { ArnLike: { "aws:SourceArn": `arn:aws:sns:us-east-1:${FOREIGN}:*` } }],
  ["outside of a network", { StringNotLike: { "aws:SourceVpc": "vpc-*" } }],
  ["of an account of twelve digits", { StringLike: { "aws:PrincipalAccount": "????????????" } }],
  ["of any organization", { StringLike: { "AWS:principalOrgId": "o-*" } }],
  ["of no organization", { StringEqualsIfExists: { "aws:PrincipalOrgID": "o-abc" } }],
  ["from no endpoint", { "ForAllValues:StringEquals": { "aws:SourceVpce": ["vpce-1"] } }],
  [
    "from an endpoint or from none",
    { "ForAllValues:StringEquals": { "aws:SourceVpce": ["vpce-1"] }, Null: { "aws:SourceVpce": ["true", "false"] } },
  ],
  ["of its own account", { StringEquals: { "aws:PrincipalAccount": "${aws:PrincipalAccount}" } }],
  ["by a role", { StringEquals: { "aws:PrincipalType": "AssumedRole" } }],
  ["through a service", { Bool: { "aws:ViaAWSService": "true" } }],
  ["through Athena", { "ForAnyValue:StringEquals": { "aws:CalledVia": ["athena.amazonaws.com"] } }],
  ["from both halves of the internet", { IpAddress: { "aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"] } }],
  ["from everywhere in IPv6", { IpAddress: { "aws:SourceIp": ["10.0.0.0/8", "::/0"] } }],
  ["from private addresses of any network", { IpAddress: { "aws:VpcSourceIp": "10.0.0.0/8" } }],
  ["by a role of any account", { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::????????????:role/admin" } }],
  ["by any role with a name", { StringLike: { "aws:PrincipalArn": "*:role/admin" } }],
  ["with a header", { StringLike: { "aws:Referer": "https://example.com/*" } }],
  ["of an account or of any", { StringLike: { "aws:PrincipalAccount": [OWN, "*"] } }],
  ["of an organization's unit, or of any", { "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": ["o-*/r-a/*"] } }],
  ["with a key that is misspelled", { StringEquals: { "aws:PrincipleAccount": OWN } }],
];

const STRANGERS: readonly (readonly [what: string, principal: object])[] = [
  ["everyone in addition to an account", { AWS: [OWN, "*"] }],
  ["roots of all accounts", { AWS: "arn:aws:iam::*:root" }],
  ["users of Google", { Federated: "accounts.google.com" }],
  ["identities of any pool", { Federated: COGNITO }],
];

/** Principals that may assume a role: the guardrail that refuses it, the principal, and the condition. */
const TRUSTED: readonly (readonly [what: string, guardrail: SynthRow[2], principal: object, condition: object])[] = [
  [
    "jobs of every branch",
    "trust-github-repository",
    { Federated: provider(GITHUB) },
    { StringEquals: { [`${GITHUB}:aud`]: "sts.amazonaws.com" }, StringLike: { [`${GITHUB}:sub`]: "repo:a/b:*" } },
  ],
  [
    "jobs of every environment",
    "trust-github-repository",
    { Federated: provider(GITHUB) },
    {
      StringEquals: { [`${GITHUB}:aud`]: "sts.amazonaws.com" },
      StringLike: { [`${GITHUB}:sub`]: "repo:a/b:environment:pro?" },
    },
  ],
  [
    "repositories of every owner whose name begins with r",
    "trust-federation-claims",
    { Federated: provider(GITHUB) },
    { StringEquals: { [`${GITHUB}:aud`]: "sts.amazonaws.com" }, StringLike: { [`${GITHUB}:sub`]: "rep*/b:*" } },
  ],
  [
    "every pod",
    "trust-federation-claims",
    { Federated: provider(CLUSTER) },
    { StringEquals: { [`${CLUSTER}:aud`]: "sts.amazonaws.com" }, StringLike: { [`${CLUSTER}:sub`]: "system:?*" } },
  ],
  [
    "guests of an identity pool",
    "trust-federation-claims",
    { Federated: COGNITO },
    {
      StringEquals: { [`${COGNITO}:aud`]: "us-east-1:1" },
      "ForAnyValue:StringLike": { [`${COGNITO}:amr`]: "unauthenticated" },
    },
  ],
  [
    "users and guests of an identity pool",
    "trust-federation-claims",
    { Federated: COGNITO },
    {
      StringEquals: { [`${COGNITO}:aud`]: "us-east-1:1" },
      "ForAnyValue:StringLike": { [`${COGNITO}:amr`]: "*authenticated" },
    },
  ],
  [
    "a service for another account",
    "trust-service-of-own-account",
    { Service: "events.amazonaws.com" },
    { StringEquals: { "aws:SourceAccount": FOREIGN } },
  ],
  [
    "a service for a rule of another account",
    "trust-service-of-own-account",
    { Service: "events.amazonaws.com" },
    { ArnLike: { "aws:SourceArn": `arn:aws:events:us-east-1:${FOREIGN}:rule/x` } },
  ],
  [
    "users with or without MFA",
    "trust-users-with-mfa",
    { AWS: `arn:aws:iam::${OWN}:root` },
    { BoolIfExists: { "aws:MultiFactorAuthPresent": "true" } },
  ],
  [
    "an account with any id",
    "trust-users-with-mfa",
    { AWS: FOREIGN },
    { StringEquals: { "sts:ExternalId": "${aws:PrincipalAccount}" } },
  ],
];

/** Permissions of a role. */
const RIGHTS: readonly (readonly [what: string, guardrail: SynthRow[2], statement: object])[] = [
  [
    "assume every role of the account",
    "iam-resources-named",
    { Action: "sts:AssumeRole", Resource: `arn:aws:iam::${OWN}:role/*` },
  ],
  [
    "change the code of every function",
    "iam-resources-named",
    { Action: "lambda:Update*", Resource: `arn:aws:lambda:us-east-1:${OWN}:function:*` },
  ],
  [
    "rewrite every policy",
    "iam-resources-named",
    { Action: "iam:*PolicyVersion", Resource: `arn:aws:iam::${OWN}:policy/*` },
  ],
  [
    "read every secret of the account",
    "iam-resources-named",
    { Action: "secretsmanager:GetSecretValue", Resource: `arn:aws:secretsmanager:us-east-1:${OWN}:secret:*` },
  ],
  [
    "read every parameter of the account",
    "iam-resources-named",
    { Action: "ssm:GetParameter*", Resource: `arn:aws:ssm:us-east-1:${OWN}:parameter/*` },
  ],
  [
    "decrypt with every key of the account",
    "iam-resources-named",
    { Action: "kms:Decrypt", Resource: `arn:aws:kms:us-east-1:${OWN}:key/*` },
  ],
  [
    "run commands on every instance",
    "iam-resources-named",
    { Action: "ssm:SendCommand", Resource: `arn:aws:ec2:us-east-1:${OWN}:instance/*` },
  ],
  ["do all of IAM by two patterns", "iam-actions-named", { Action: ["iam:*?"], Resource: "*" }],
  ["change policies", "iam-resources-named", { Action: "iam:*Policy*", Resource: "*" }],
  [
    "pass roles to any service",
    "iam-pass-role-narrow",
    {
      Action: "iam:*Role",
      Resource: `arn:aws:iam::${OWN}:role/r`,
      Condition: { StringLike: { "iam:PassedToService": "*.amazonaws.com" } },
    },
  ],
  [
    "write into every bucket of a foreign account",
    "iam-resources-named",
    { Action: "s3:PutObject", Resource: "*", Condition: { StringEquals: { "aws:ResourceAccount": FOREIGN } } },
  ],
  [
    "use every resource with a tag",
    "iam-resources-named",
    { Action: "kms:Decrypt", Resource: "*", Condition: { StringLike: { "aws:ResourceTag/x": "?*" } } },
  ],
  [
    "use every resource with a tag of the request",
    "iam-resources-named",
    {
      Action: "ec2:TerminateInstances",
      Resource: "*",
      Condition: { StringEquals: { "aws:ResourceTag/x": "${aws:RequestTag/x}" } },
    },
  ],
];

const TELEMETRY = { "oam:ResourceTypes": ["AWS::Logs::LogGroup"] };

/** Conditions that do not restrict a public endpoint policy. */
const THROUGH_ENDPOINT: readonly (readonly [what: string, condition: object])[] = [
  ["to resources of a foreign account", { StringEquals: { "aws:ResourceAccount": FOREIGN } }],
  ["to buckets of a foreign account", { StringEquals: { "s3:ResourceAccount": [OWN, FOREIGN] } }],
  ["with credentials of a foreign account", { StringEquals: { "aws:PrincipalAccount": FOREIGN } }],
];

/** Links that a sink of CloudWatch admits from strangers, or with more than telemetry. */
const LINKED: readonly (readonly [what: string, guardrail: SynthRow[2], condition: object])[] = [
  ["from everybody with telemetry", "oam-sink-named-accounts", { "ForAllValues:StringEquals": TELEMETRY }],
  [
    "from a range of addresses",
    "oam-sink-named-accounts",
    { IpAddress: { "aws:SourceIp": "198.51.100.0/24" }, "ForAllValues:StringEquals": TELEMETRY },
  ],
  [
    "with telemetry among other types",
    "oam-telemetry-only",
    { StringEquals: { "aws:PrincipalOrgID": "o-shop000000" }, "ForAnyValue:StringEquals": TELEMETRY },
  ],
];

export const CONDITIONS_AT_SYNTH: readonly SynthRow[] = [
  ...LINKED.map(([what, guardrail, Condition]): SynthRow => {
    const document = policy(allow({ Principal: "*", Action: "oam:CreateLink", Resource: "*", Condition }));
    return ["types", `admit links ${what}`, guardrail, "aws_oam_sink_policy", { policy: document }];
  }),
  ...OPEN.map(([who, Condition]): SynthRow => {
    const document = policy(allow({ Principal: "*", Action: "s3:GetObject", Resource: BUCKET, Condition }));
    return [
      "CKV_AWS_70",
      `open a bucket to callers ${who}`,
      "s3-policy-not-public",
      "aws_s3_bucket_policy",
      { policy: document },
    ];
  }),
  ...STRANGERS.map(([who, Principal]): SynthRow => {
    const document = policy(allow({ Principal, Action: "s3:GetObject", Resource: BUCKET }));
    return ["S3.6", `open a bucket to ${who}`, "s3-policy-not-public", "aws_s3_bucket_policy", { policy: document }];
  }),
  ...TRUSTED.map(([who, guardrail, Principal, Condition]): SynthRow => {
    const document = policy(allow({ Principal, Action: "sts:AssumeRole", Condition }));
    return ["CKV_AWS_358", `trust ${who}`, guardrail, "aws_iam_role", { assume_role_policy: document }];
  }),
  ...RIGHTS.map(([what, guardrail, statement]): SynthRow => {
    return [
      "iam_policy_allows_privilege_escalation",
      `let a role ${what}`,
      guardrail,
      "aws_iam_policy",
      { policy: policy(allow(statement)) },
    ];
  }),
  ...THROUGH_ENDPOINT.map(([what, Condition]): SynthRow => {
    const document = policy(allow({ Principal: "*", Action: "s3:*", Resource: "*", Condition }));
    return [
      "vpc_endpoint_connections_trust_boundaries",
      `let requests through an endpoint ${what}`,
      "vpc-endpoint-policy",
      "aws_vpc_endpoint",
      { policy: document },
    ];
  }),
];
