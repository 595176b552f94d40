import type { GuardrailId } from "../../../../lib/common/guardrail-ids";
import type { ResourceInstance } from "../../../../lib/judgement/configuration";
import { GUARDRAILS } from "../../../../lib/judgement/guardrails/catalogue";
import { EncodedJson, type HclValue, PartialText, Reference, Unknown } from "../../../../lib/judgement/hcl";
import { resourceOf, rootOf } from "./fixture";
import { TODAY } from "./rows";

type Values = { readonly [argument: string]: HclValue };

interface Refusing {
  readonly row: GuardrailId;
  readonly type: string;
  readonly policy: string;
  readonly by: string;
  readonly action: string;
  readonly values: Values;
  /** ARNs with which a statement can name it. */
  readonly arns: readonly HclValue[];
  /** ARNs of other resources. */
  readonly others: readonly HclValue[];
}

const own = (type: string, path = "arn") => new Reference(`module.call.${type}.this`, path);
const other = (type: string) => new Reference(`module.other.${type}.this`, "arn");
const partition = new Reference("module.call.data.aws_partition.current", "partition");

const QUEUE: Refusing = {
  row: "sqs-tls-only",
  type: "aws_sqs_queue",
  policy: "aws_sqs_queue_policy",
  by: "queue_url",
  action: "SQS:*",
  values: { name: "jobs" },
  arns: [
    own("aws_sqs_queue"),
    "*",
    "arn:aws:sqs:us-east-1:111111111111:jobs",
    "arn:aws:sqs:*:*:jobs",
    "arn:aws:sqs:*",
    new PartialText(["arn:", partition, ":sqs:us-east-1:111111111111:jobs"]),
  ],
  others: [
    other("aws_sqs_queue"),
    own("aws_sqs_queue", "url"),
    "arn:aws:sqs:us-east-1:111111111111:other",
    "arn:aws:sqs:us-east-1:222222222222:jobs",
    "arn:aws:sqs:eu-west-1:111111111111:jobs",
    new PartialText([other("aws_sqs_queue"), "*"]),
  ],
};

const REFUSING: readonly Refusing[] = [
  QUEUE,
  {
    ...QUEUE,
    row: "sns-tls-only",
    type: "aws_sns_topic",
    policy: "aws_sns_topic_policy",
    by: "arn",
    action: "sns:publish",
    values: { name: "alerts" },
    arns: [own("aws_sns_topic"), "arn:aws:sns:us-east-1:111111111111:alerts"],
    others: [other("aws_sns_topic"), "arn:aws:sns:us-east-1:111111111111:other"],
  },
  {
    ...QUEUE,
    row: "s3-tls-only",
    type: "aws_s3_bucket",
    policy: "aws_s3_bucket_policy",
    by: "bucket",
    action: "S3:*",
    values: { bucket: "documents" },
    arns: [
      [own("aws_s3_bucket"), new PartialText([own("aws_s3_bucket"), "/*"])],
      ["arn:aws:s3:::documents", "arn:aws:s3:::documents/*"],
      "arn:aws:s3:::documents*",
      ["arn:aws:s3:::*"],
      new PartialText([own("aws_s3_bucket"), "*"]),
      ["arn:aws:s3:::documents", new PartialText(["arn:aws:s3:::", own("aws_s3_bucket", "bucket"), "/*"])],
    ],
    others: [
      [other("aws_s3_bucket"), new PartialText([other("aws_s3_bucket"), "/*"])],
      ["arn:aws:s3:::other", "arn:aws:s3:::other/*"],
      own("aws_s3_bucket"),
      new PartialText([own("aws_s3_bucket"), "/*"]),
      [own("aws_s3_bucket"), new PartialText([own("aws_s3_bucket"), "/logs/*"])],
      [own("aws_s3_bucket"), new PartialText([own("aws_s3_bucket"), "/?"])],
      [own("aws_s3_bucket"), new PartialText(["arn:aws:s3:::", other("aws_s3_bucket"), "/*"])],
    ],
  },
  {
    ...QUEUE,
    row: "efs-tls-only",
    type: "aws_efs_file_system",
    policy: "aws_efs_file_system_policy",
    by: "file_system_id",
    action: "elasticfilesystem:client*",
    values: {},
    arns: [own("aws_efs_file_system")],
    others: [other("aws_efs_file_system")],
  },
];

function outcome({ row, type, policy, by, values, action, arns }: Refusing, ...more: readonly Values[]): string {
  const statements = more.map((one) => ({
    Effect: "Deny",
    Principal: "*",
    Action: action,
    Resource: arns[0] ?? null,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
    ...one,
  }));
  const resource = resourceOf(type, values);
  const document = resourceOf(policy, { [by]: own(type, "id"), policy: new EncodedJson({ Statement: statements }) });
  const others: readonly ResourceInstance[] = [resource, document];
  const providers = { aws: [{ region: "us-east-1", allowed_account_ids: ["111111111111"] }] };
  const guardrail = GUARDRAILS.find(({ id }) => id === row);
  if (guardrail === undefined || guardrail.types === "root") throw new Error(`${row}: no guardrail of resources`);
  return guardrail.judge(resource, rootOf(others, { providers }), TODAY).outcome;
}

describe.each(REFUSING.map((one) => [one.row, one] as const))("%s", (_row, refusing) => {
  test.each(refusing.arns.map((arn) => [arn]))("holds by a denial on %j", (arn) => {
    expect(outcome(refusing, { Resource: arn })).toBe("holds");
  });

  test.each(refusing.others.map((arn) => [arn]))("is broken by a denial on %j", (arn) => {
    expect(outcome(refusing, { Resource: arn })).toBe("broken");
  });

  test.each<[what: string, more: Values]>([
    ["another spelling of the key", { Condition: { bool: { "AWS:securetransport": "FALSE" } } }],
    ["a boolean", { Condition: { Bool: { "aws:SecureTransport": [false] } } }],
    ["IfExists", { Condition: { BoolIfExists: { "aws:SecureTransport": "false" } } }],
    ["everybody by the name of the kind", { Principal: { AWS: ["*"] } }],
    ["every action", { Action: "*:*" }],
    ["all but another service", { Action: null, NotAction: "ec2:*" }],
  ])("holds with %s", (_what, more) => {
    expect(outcome(refusing, more)).toBe("holds");
  });

  test.each<[what: string, more: Values]>([
    ["TLS", { Condition: { Bool: { "aws:SecureTransport": "true" } } }],
    ["TLS as well as plain HTTP", { Condition: { Bool: { "aws:SecureTransport": ["false", "true"] } } }],
    [
      "one more condition",
      { Condition: { Bool: { "aws:SecureTransport": "false" }, StringEquals: { "aws:SourceVpc": "vpc-1" } } },
    ],
    ["one more key", { Condition: { Bool: { "aws:SecureTransport": "false", "aws:ViaAWSService": "false" } } }],
    ["a key that is absent", { Condition: { Null: { "aws:SecureTransport": "false" } } }],
    ["a set of values", { Condition: { "ForAllValues:Bool": { "aws:SecureTransport": "false" } } }],
    ["no known condition", { Condition: new Unknown() }],
    ["one account", { Principal: { AWS: "111111111111" } }],
    ["everybody but one", { Principal: null, NotPrincipal: { AWS: "111111111111" } }],
    ["a service", { Principal: { Service: "*" } }],
    ["one action", { Action: "s3:GetObject" }],
    ["another service", { Action: "ec2:*" }],
    ["an allowance", { Effect: "Allow" }],
    ["everything but another resource", { Resource: null, NotResource: "arn:aws:s3:::other" }],
  ])("is broken with %s", (_what, more) => {
    expect(outcome(refusing, more)).toBe("broken");
  });

  test("is unknown if only an apply shows the resource", () => {
    expect(outcome(refusing, { Resource: new Unknown() })).toBe("unknown");
  });
});

test("a bucket can refuse plain HTTP for itself and for its objects in two statements", () => {
  const bucket = REFUSING.find(({ row }) => row === "s3-tls-only") ?? QUEUE;
  const objects = { Resource: "arn:aws:s3:::documents/*" };
  expect(outcome(bucket, { Resource: "arn:aws:s3:::documents" }, objects)).toBe("holds");
});

test("a statement without a resource covers the resource that has the policy", () => {
  expect(outcome(QUEUE, { Resource: null })).toBe("holds");
});
