/** Leaks of production: trees in which something lets an account outside of production read it, by kind. */
import {
  dev,
  EXPORTS,
  IN_PROD,
  IN_STAGING,
  inProd,
  leak,
  type PlantedLeak,
  PROD,
  policy,
  prod,
  READER,
  SANITISATION,
  STAGING,
  staging,
} from "./isolation-leak";
import { networkPaths, shares } from "./isolation-shares";

export const LEAKS: readonly PlantedLeak[] = [
  ...principals(),
  ...shares(),
  ...networkPaths(),
  ...readers(),
  ...whatNobodyJudged(),
];

/** Statements that allow somebody outside. */
function principals(): PlantedLeak[] {
  const statement = ["locals", "key_policy", "Statement", 1] as const;
  const key = (kind: string, names: string, principal: unknown, condition: unknown = {}) =>
    leak(kind, PROD, names, [
      { file: IN_PROD, at: [...statement, "Principal"], to: principal },
      { file: IN_PROD, at: [...statement, "Condition"], to: condition },
    ]);
  const everybody = { AWS: "*" };
  return [
    key("key for a role of staging", READER, { AWS: READER }),
    key("key for the account of dev", dev, { AWS: dev }),
    key("key for an unknown account", "252525252525", { AWS: "arn:aws:iam::252525252525:root" }),
    key("key for everybody", "*", everybody),
    key("key for the organization", "*", everybody, { StringEquals: { "aws:PrincipalOrgID": "o-formula0000" } }),
    key("key for a range of addresses", "*", everybody, { IpAddress: { "aws:SourceIp": "198.51.100.0/24" } }),
    key("key for an account by a condition", staging, everybody, { StringEquals: { "kms:CallerAccount": staging } }),
    key(
      "key for a service in all accounts",
      "backup.amazonaws.com",
      { Service: "backup.amazonaws.com" },
      {
        StringEquals: { "aws:SourceOrgID": "o-formula0000" },
      },
    ),
    leak("role that staging assumes", PROD, READER, [
      {
        file: IN_PROD,
        at: ["resource", "aws_iam_role", "leak"],
        to: { name: "leak", assume_role_policy: policy("sts:AssumeRole", { AWS: READER }) },
      },
    ]),
    inProd("bucket", "aws_s3_bucket_policy", { bucket: "b", policy: policy("s3:GetObject", { AWS: READER }) }, READER),
    inProd(
      "secret",
      "aws_secretsmanager_secret_policy",
      { secret_arn: "s", policy: policy("secretsmanager:GetSecretValue", everybody) },
      "*",
    ),
    inProd(
      "images",
      "aws_ecr_repository_policy",
      { repository: "r", policy: policy("ecr:BatchGetImage", { AWS: `arn:aws:iam::${dev}:root` }) },
      dev,
    ),
    inProd("topic", "aws_sns_topic_policy", { arn: "t", policy: policy("sns:Subscribe", { AWS: READER }) }, READER),
    inProd("queue", "aws_sqs_queue_policy", { queue_url: "q", policy: policy("sqs:ReceiveMessage", everybody) }, "*"),
    inProd(
      "metrics and logs",
      "aws_oam_sink_policy",
      { sink_identifier: "s", policy: policy("oam:*", { AWS: staging }) },
      staging,
    ),
    leak("second reader of the masked dumps", SANITISATION, READER, [
      {
        file: EXPORTS,
        at: ["locals", "key_policy", "Statement", 1, "Principal"],
        to: { AWS: [READER] },
      },
    ]),
  ];
}

/** What staging may do and read. */
function readers(): PlantedLeak[] {
  const inStaging = (kind: string, element: string, to: unknown, names: string) =>
    leak(kind, STAGING, names, [{ file: IN_STAGING, at: ["locals", "task_policy", "Statement", 1, element], to }]);
  const secret = `arn:aws:secretsmanager:us-east-1:${prod}:secret:database`;
  return [
    inStaging("task of staging that reads a secret of production", "Resource", secret, secret),
    inStaging(
      "task of staging with the account of production in a condition",
      "Condition",
      { StringEquals: { "aws:ResourceAccount": prod } },
      prod,
    ),
    leak("task of staging that reads a bucket of production by its name", STAGING, "formula-originals", [
      { file: IN_PROD, at: ["resource", "aws_s3_bucket"], to: { leak: { bucket: "formula-originals" } } },
      {
        file: IN_STAGING,
        at: ["locals", "task_policy", "Statement", 1, "Resource"],
        to: "arn:aws:s3:::formula-originals/*",
      },
    ]),
    leak("staging's database from a snapshot of production", STAGING, prod, [
      {
        file: IN_STAGING,
        at: ["resource", "aws_db_instance"],
        to: { leak: { snapshot_identifier: `arn:aws:rds:us-east-1:${prod}:snapshot:s` } },
      },
    ]),
    leak("staging's provider in a role of production", STAGING, prod, [
      {
        file: `${STAGING}/providers.tf.json`,
        at: ["provider", "aws", 0, "assume_role"],
        to: [{ role_arn: `arn:aws:iam::${prod}:role/delivery-plan` }],
      },
    ]),
    leak("staging's state in a bucket of production", STAGING, prod, [
      {
        file: `${STAGING}/versions.tf.json`,
        at: ["terraform", "backend", "s3", "bucket"],
        to: `formula-prod-terraform-state-${prod}`,
      },
    ]),
  ];
}

function whatNobodyJudged(): PlantedLeak[] {
  return [
    inProd(
      "type that shares and that nobody has judged",
      "aws_servicecatalog_portfolio_share",
      { type: "ORGANIZATION" },
      "aws_servicecatalog_portfolio_share",
    ),
    inProd(
      "type whose name does not show that it shares",
      "aws_transfer_server",
      { domain: "S3" },
      "aws_transfer_server",
    ),
    inProd("type of another provider", "mongodbatlas_cluster", { name: "c" }, "mongodbatlas_cluster"),
    inProd("policy of which nothing is known", "aws_sqs_queue_policy", { policy: "${uuid()}" }, ""),
    inProd("policy that is no document", "aws_secretsmanager_secret", { policy: "open" }, ""),
    inProd(
      "principal of a type that nobody has judged",
      "aws_imagebuilder_distribution_configuration",
      { distribution: [{ ami_distribution_configuration: [{ launch_permission: [{ user_groups: ["all"] }] }] }] },
      "aws_imagebuilder_distribution_configuration",
    ),
    inProd(
      "policy with unknown statements",
      "aws_sns_topic_policy",
      { policy: "${jsonencode({ Statement = uuid() })}" },
      "",
    ),
  ];
}
