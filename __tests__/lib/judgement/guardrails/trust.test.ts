import { judgeRoot } from "../../../../lib/judgement/guardrails/judge";
import { TRUST } from "../../../../lib/judgement/guardrails/trust";
import { EncodedJson, type HclValue, PartialText, Reference, Unknown } from "../../../../lib/judgement/hcl";
import { resourceOf, rootOf } from "./fixture";
import { GUEST_CASES } from "./guest-cases";
import { type Case, proveRows } from "./rows";
import { SERVICE_ACCOUNT_CASES, trust } from "./service-account-cases";

const GITHUB = "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com";

function github(subject: HclValue, operator = "StringEquals") {
  return trust({ Federated: GITHUB }, { [operator]: claims(subject) });
}

/** A role that trusts subjects, each until the time given with it, or without end. */
function changing(...subjects: readonly (readonly [subject: string, end?: string])[]) {
  const statements = subjects.map(([subject, end]) => ({
    Effect: "Allow",
    Principal: { Federated: GITHUB },
    Condition: {
      StringEquals: claims(subject),
      ...(end !== undefined && { DateLessThanEquals: { "aws:CurrentTime": end } }),
    },
  }));
  return [resourceOf("aws_iam_role", { assume_role_policy: new EncodedJson({ Statement: statements }) })];
}

const BY_NAME = "repo:owner/name:environment:prod";
const BY_IDS = "repo:owner@1/name@2:environment:prod";

function claims(subject: HclValue) {
  return {
    "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
    "token.actions.githubusercontent.com:sub": subject,
  };
}

const tasks = { Service: "ecs-tasks.amazonaws.com" };
const user = { AWS: "arn:aws:iam::444444444444:user/ana" };
const cluster = new Reference("module.cluster.aws_iam_openid_connect_provider.this", "arn");
const ownAccount = { StringEquals: { "aws:SourceAccount": "111111111111" } };

proveRows(TRUST, {
  "trust-named-principals": [
    ["holds if they are", trust(tasks), "holds"],
    ["is broken if everybody is trusted", trust({ AWS: "*" }), 'broken: assume_role_policy, Assume: "*"'],
    [
      "is broken if everybody but one is trusted",
      [
        resourceOf("aws_iam_role", {
          assume_role_policy: '{"Statement":{"Effect":"Allow","NotPrincipal":{"AWS":"111111111111"}}}',
        }),
      ],
      'broken: assume_role_policy, statement 1: {"NotPrincipal": ["111111111111"]}',
    ],
    [
      "is unknown if one is unknown",
      trust({ AWS: new Unknown() }),
      "unknown: assume_role_policy, Assume: (known after apply)",
    ],
  ],
  "trust-service-of-own-account": [
    ["holds if it is", trust(tasks, ownAccount), "holds"],
    ["holds for EC2, which sends no source", trust({ Service: "ec2.amazonaws.com" }), "holds"],
    ["holds for S3, which documents no source", trust({ Service: "s3.amazonaws.com" }), "holds"],
    [
      "is broken if any account may use it",
      trust(tasks),
      'broken: assume_role_policy, Assume: "ecs-tasks.amazonaws.com"',
    ],
    [
      "is broken if the name has its region in it",
      trust({ Service: new PartialText(["logs.", new Unknown(), ".amazonaws.com"]) }),
      'broken: assume_role_policy, Assume: "logs.(known after apply).amazonaws.com"',
    ],
    [
      "is broken if all accounts but one may use it",
      trust(tasks, { StringNotEquals: { "aws:SourceAccount": "111111111111" } }),
      'broken: assume_role_policy, Assume: "ecs-tasks.amazonaws.com"',
    ],
    ...Object.entries<HclValue>({
      "any account matches": { StringLike: { "aws:SourceAccount": "????????????" } },
      "a source in any account matches": { ArnLike: { "aws:SourceArn": "arn:aws:ecs:*:*:*" } },
      "the account is compared with itself": { StringEquals: { "aws:SourceAccount": "${aws:SourceAccount}" } },
      "the source may be absent": { StringEqualsIfExists: { "aws:SourceAccount": "111111111111" } },
    }).map(
      ([what, condition]): Case => [
        `is broken if ${what}`,
        trust(tasks, condition),
        'broken: assume_role_policy, Assume: "ecs-tasks.amazonaws.com"',
      ],
    ),
    ["holds in any case of the key", trust(tasks, { StringEquals: { "AWS:SOURCEACCOUNT": "111111111111" } }), "holds"],
    [
      "is unknown if the conditions are unknown",
      trust(tasks, new Unknown()),
      "unknown: assume_role_policy, Assume: (known after apply)",
    ],
  ],
  "trust-users-with-mfa": [
    ["holds if the trust requires it", trust(user, { Bool: { "aws:MultiFactorAuthPresent": "true" } }), "holds"],
    ["holds if a role assumes it", trust({ AWS: "arn:aws:iam::444444444444:role/deploy" }), "holds"],
    [
      "is broken if a password is enough",
      trust(user),
      'broken: assume_role_policy, Assume: "arn:aws:iam::444444444444:user/ana"',
    ],
    [
      "is broken if sessions without the key match as well",
      trust({ AWS: "444444444444" }, { BoolIfExists: { "aws:MultiFactorAuthPresent": "true" } }),
      'broken: assume_role_policy, Assume: "444444444444"',
    ],
    [
      "is broken if only sessions without it match",
      trust(user, { Bool: { "aws:MultiFactorAuthPresent": "false" } }),
      'broken: assume_role_policy, Assume: "arn:aws:iam::444444444444:user/ana"',
    ],
    [
      "is broken if any external id matches",
      trust(user, { StringLike: { "sts:ExternalId": "*" } }),
      'broken: assume_role_policy, Assume: "arn:aws:iam::444444444444:user/ana"',
    ],
    [
      "is broken if the root's own account may assume it",
      trust({ AWS: new Reference("module.call.data.aws_caller_identity.current", "account_id") }),
      "broken: assume_role_policy, Assume: ${module.call.data.aws_caller_identity.current.account_id}",
    ],
    [
      "is broken if a whole account may assume it, in any partition",
      trust({ AWS: new PartialText(["arn:", new Unknown(), ":iam::444444444444:root"]) }),
      'broken: assume_role_policy, Assume: "arn:(known after apply):iam::444444444444:root"',
    ],
    [
      "is unknown if the conditions are unknown",
      trust(user, new Unknown()),
      "unknown: assume_role_policy, Assume: (known after apply)",
    ],
  ],
  "trust-federation-claims": [
    ...GUEST_CASES,
    ["holds if a repository may assume it", github("repo:owner/name:environment:prod"), "holds"],
    [
      "holds if Cognito's users may assume it",
      trust(
        { Federated: "cognito-identity.amazonaws.com" },
        {
          StringEquals: { "cognito-identity.amazonaws.com:aud": "us-east-1:1" },
          "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": "authenticated" },
        },
      ),
      "holds",
    ],
    [
      "is broken if every pod may assume it",
      trust({ Federated: cluster }, { StringEquals: { "oidc:aud": "sts.amazonaws.com" } }),
      "broken: assume_role_policy, Assume: ${module.cluster.aws_iam_openid_connect_provider.this.arn}",
    ],
    ...["*", "system:serviceaccount:*:*", "system:serviceaccount:*"].map(
      (subject): Case => [
        `is broken if every pod may, by ${subject}`,
        trust({ Federated: cluster }, { StringLike: { "oidc:aud": "sts.amazonaws.com", "OIDC:sub": subject } }),
        "broken: assume_role_policy, Assume: ${module.cluster.aws_iam_openid_connect_provider.this.arn}",
      ],
    ),
    [
      "holds if pods of one name may assume it",
      trust(
        { Federated: cluster },
        { StringEquals: { "oidc:aud": "sts.amazonaws.com", "OIDC:sub": "system:serviceaccount:shop:api" } },
      ),
      "holds",
    ],
    [
      "is broken if claims may be absent",
      trust({ Federated: GITHUB }, { "ForAllValues:StringEquals": claims(BY_NAME) }),
      `broken: assume_role_policy, Assume: "${GITHUB}"`,
    ],
    [
      "is broken if any application of the provider may assume it",
      trust({ Federated: "arn:aws:iam::111111111111:saml-provider/people" }),
      'broken: assume_role_policy, Assume: "arn:aws:iam::111111111111:saml-provider/people"',
    ],
    [
      "is unknown if the conditions are unknown",
      trust({ Federated: GITHUB }, new Unknown()),
      "unknown: assume_role_policy, Assume: (known after apply)",
    ],
  ],
  "trust-github-repository": [
    ["holds if it is named", github(BY_NAME, "StringLike"), "holds"],
    [
      "is broken if jobs of every branch are trusted",
      github("repo:owner/name:*", "StringLike"),
      'broken: assume_role_policy, Assume: "repo:owner/name:*"',
    ],
    ["holds if it is named with its ids", github(BY_IDS), "holds"],
    [
      "is broken in any case of the claim",
      trust({ Federated: GITHUB }, { StringLike: { "Token.Actions.GitHubUserContent.com:SUB": "repo:owner/*" } }),
      'broken: assume_role_policy, Assume: "repo:owner/*"',
    ],
    ...[
      "repo:owner/*",
      "repo:owner/name-*:ref:refs/heads/main",
      "*",
      "repo:owner@1/name@*:pull_request",
      "repo:owner@*/name@2:pull_request",
      "repo:owner@1/*@2:pull_request",
      "repo:owner@1/name:pull_request",
      "repo:owner/name@2:pull_request",
      "repo:owner@0/name@2:pull_request",
      "repo:owner@1/name@2",
    ].map(
      (subject): Case => [
        `is broken if it is ${subject}`,
        github(["repo:owner/name:pull_request", subject], "StringLike"),
        `broken: assume_role_policy, Assume: "${subject}"`,
      ],
    ),
    [
      "is broken if both forms are trusted",
      github([BY_NAME, BY_IDS]),
      "broken: assume_role_policy: repo:owner/name beside repo:owner@1/name@2",
    ],
    [
      "is broken if both forms are trusted in statements of their own",
      changing([BY_IDS], [BY_NAME]),
      "broken: assume_role_policy: repo:owner/name beside repo:owner@1/name@2",
    ],
    [
      "is broken if an old name is trusted next to the new one",
      changing([BY_NAME], ["repo:owner/old:environment:prod"]),
      "broken: assume_role_policy: repo:owner/name beside repo:owner/old",
    ],
    ["holds if the other form ends on the same day", changing([BY_IDS], [BY_NAME, "2026-11-22T23:59:59Z"]), "holds"],
    ["holds if it ends in 30 days", changing([BY_IDS], [BY_NAME, "2026-12-22T23:59:59Z"]), "holds"],
    [
      "is broken if it ends later",
      changing([BY_IDS], [BY_NAME, "2026-12-23T00:00:00Z"]),
      "broken: assume_role_policy: repo:owner/name until 2026-12-23T00:00:00Z",
    ],
    [
      "is broken if it has ended",
      changing([BY_IDS], [BY_NAME, "2026-11-21T23:59:59Z"]),
      "broken: assume_role_policy: repo:owner/name until 2026-11-21T23:59:59Z",
    ],
    [
      "is broken if it ends at an invalid time",
      changing([BY_IDS], [BY_NAME, "2026-13-01T00:00:00Z"]),
      "broken: assume_role_policy: repo:owner/name until 2026-13-01T00:00:00Z",
    ],
    [
      "is broken if it begins at that time instead",
      trust(
        { Federated: GITHUB },
        {
          StringEquals: claims([BY_NAME, BY_IDS]),
          DateGreaterThan: { "aws:CurrentTime": "2026-11-23T00:00:00Z" },
        },
      ),
      "broken: assume_role_policy: repo:owner/name beside repo:owner@1/name@2",
    ],
    ["holds if one repository is trusted for different jobs", github([BY_IDS, "repo:owner@1/name@2:x"]), "holds"],
    ["is unknown if it is unknown", github(new Unknown()), "unknown: assume_role_policy, Assume: (known after apply)"],
  ],
  "trust-service-account": [["holds for a role of workflows", github(BY_IDS), "holds"], ...SERVICE_ACCOUNT_CASES],
});

test("a planned change of the subject breaks the rule after its last day", () => {
  const root = rootOf(changing([BY_IDS], [BY_NAME, "2026-12-20T23:59:59Z"]));
  const broken = (today: string) => judgeRoot(root, [], today).broken.map(({ guardrail }) => guardrail.id);
  expect(broken("2026-12-20")).not.toContain("trust-github-repository");
  expect(broken("2026-12-21")).toContain("trust-github-repository");
});
