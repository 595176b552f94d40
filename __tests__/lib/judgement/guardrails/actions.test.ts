import fc from "fast-check";
import {
  concerns,
  concernsService,
  isOnly,
  knowsNoResource,
  wholeServices,
} from "../../../../lib/judgement/guardrails/actions";
import { actionsOf, resourceKeysOf } from "../../../../lib/judgement/guardrails/iam-data";
import { type Statement, statementsOf } from "../../../../lib/judgement/guardrails/policies";
import { type HclValue, Unknown } from "../../../../lib/judgement/hcl";

function statement(elements: { readonly [element: string]: HclValue }): Statement {
  const statements = statementsOf({ Statement: { Effect: "Allow", ...elements } });
  const [first] = statements instanceof Unknown ? [] : statements;
  if (first === undefined) throw new Error("a statement");
  return first;
}

test("AWS's lists contain actions with the types of their resources, and condition keys", () => {
  expect(actionsOf("IAM")).toContainEqual({ name: "iam:PassRole", resourceTypes: ["role"] });
  expect(actionsOf("sts")).toContainEqual({ name: "sts:GetCallerIdentity", resourceTypes: [] });
  expect(resourceKeysOf("ecs")).toContain("ecs:cluster");
  expect([actionsOf("no-service"), actionsOf("../services"), resourceKeysOf("")]).toEqual([[], [], []]);
});

describe("a statement covers iam:PassRole", () => {
  test.each([
    "iam:PassRole",
    "IAM:passrole",
    "iam:P*",
    "iam:Pass????",
    "iam:*",
    "i*:*",
    "i?m:PassRole",
    "*:*",
    "*",
    "**",
  ])("with Action %s", (Action) => {
    expect(concerns(statement({ Action: ["s3:GetObject", Action] }), "iam:PassRole")).toBe(true);
  });

  test.each(["s3:*", "iam:Get*", "IAM:PassRoles", "sts:*"])("with NotAction %s", (NotAction) => {
    expect(concerns(statement({ NotAction }), "iam:PassRole")).toBe(true);
  });
});

test.each([
  [{ Action: "iam:PassRole?" }],
  [{ Action: ["iam:Get*", "s3:*"] }],
  [{ Action: "iam.PassRole" }],
  [{ NotAction: ["s3:*", "Iam:*"] }],
  [{ NotAction: "*:passrole" }],
  [{ Action: new Unknown() }],
  [{ NotAction: new Unknown() }],
])("%j does not cover iam:PassRole", (elements) => {
  expect(concerns(statement(elements), "iam:PassRole")).toBe(false);
});

test.each<[string, boolean]>([
  ["sqs:*", true],
  ["SQS:?*", true],
  ["s*:*", true],
  ["sqs:*Message*", false],
  ["sqs:SendMessage", false],
])("Action %s covers all of SQS: %s", (Action, expected) => {
  expect(concernsService(statement({ Action }), "sqs")).toBe(expected);
});

test.each(["*", "**", "*:*", "s3:*", "S3:**", "s3:?*", "s?:GetObject", "*:GetObject", "sqs:*e*", "?*"])(
  "%s covers a whole service",
  (action) => {
    expect(wholeServices(["kms:Decrypt", action])).toEqual([action]);
  },
);

test("patterns cover a whole service together", () => {
  const patterns = ["sqs:*Message*", "sqs:*Queue*", "SQS:*Permission"];
  expect(wholeServices([...patterns, "s3:GetObject"])).toEqual(patterns);
  expect(wholeServices(patterns.slice(1))).toEqual([]);
});

test.each(["s3:Get*", "ec2:Describe*", "rds-db:connect", "nothing:Get*"])(
  "%s does not cover a whole service",
  (action) => {
    expect(wholeServices([action])).toEqual([]);
  },
);

test.each([
  "acm:ListCertificates",
  "autoscaling:Describe*",
  "cloudwatch:DescribeAlarms",
  "cloudwatch:GetMetricData",
  "cloudwatch:GetMetricStatistics",
  "cloudwatch:ListMetrics",
  "cloudwatch:PutMetricData",
  "ec2:Describe*",
  "ecr:GetAuthorizationToken",
  "ecs:DeregisterTaskDefinition",
  "ecs:DescribeTaskDefinition",
  "ecs:ListClusters",
  "ecs:ListTaskDefinitions",
  "elasticloadbalancing:Describe*",
  "kms:GenerateRandom",
  "kms:ListAliases",
  "kms:ListKeys",
  "logs:DescribeLogGroups",
  "route53:ListHostedZones",
  "s3:ListAllMyBuckets",
  "secretsmanager:GetRandomPassword",
  "secretsmanager:ListSecrets",
  "sns:ListTopics",
  "ssmmessages:CreateControlChannel",
  "ssmmessages:CreateDataChannel",
  "ssmmessages:OpenControlChannel",
  "ssmmessages:OpenDataChannel",
  "sts:GetCallerIdentity",
  "tag:GetResources",
  "xray:GetSamplingRules",
  "xray:GetSamplingStatisticSummaries",
  "xray:GetSamplingTargets",
  "xray:PutTelemetryRecords",
  "xray:PutTraceSegments",
])("%s supports only * as its resource", (action) => {
  expect(knowsNoResource(action)).toBe(true);
});

test.each<[string, boolean]>([
  ["ecr:GetAuthorizationToken", true],
  ["STS:getcalleridentity", true],
  ["ec2:Describe*", true],
  ["cloudwatch:Put*", false],
  ["secretsmanager:GetSecretValue", false],
  ["kms:List*", false],
  ["s3:GetObjct", false],
])("%s covers only actions without resources: %s", (action, expected) => {
  expect(knowsNoResource(action)).toBe(expected);
});

test("iam:Pass* covers only iam:PassRole, and iam:P* covers more", () => {
  expect([isOnly("IAM:pass*", "iam:PassRole"), isOnly("iam:P*", "iam:PassRole")]).toEqual([true, false]);
});

test("an action is recognized in any case and with wildcards for any part of it", () => {
  const spelling = fc.constantFrom(...actionsOf("iam"), ...actionsOf("kms")).chain(({ name }) => {
    const colon = name.indexOf(":") + 1;
    return fc.tuple(
      fc.constant(name),
      fc.mixedCase(fc.constant(name)),
      fc.nat(name.length - colon - 1),
      fc.constantFrom("*", "?", "?*", "**", "??"),
    );
  });
  fc.assert(
    fc.property(spelling, ([name, mixed, position, wildcard]) => {
      const at = name.indexOf(":") + 1 + position;
      const length = wildcard.replaceAll("*", "").length;
      const pattern = mixed.slice(0, at) + wildcard + (wildcard.includes("*") ? "" : mixed.slice(at + length));
      fc.pre(at + length <= name.length);
      return concerns(statement({ Action: pattern }), name) && !concerns(statement({ NotAction: pattern }), name);
    }),
  );
});
