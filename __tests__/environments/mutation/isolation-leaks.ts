/** Leaks of production: trees in which something lets an account outside of production read it, by kind. */
import { accounts } from "../../../environments/common/accounts";
import type { Edit } from "./mutant";

export interface PlantedLeak {
  readonly kind: string;
  /** Root in which the leak has to be reported. */
  readonly root: string;
  readonly edits: readonly Edit[];
  /** Text in the report. */
  readonly names: string;
}

const PROD = "environments/formula/prod";
const STAGING = "environments/formula/staging";
const SANITISATION = "environments/formula/sanitisation";
const [prod, staging, dev] = [accounts.formulaProd.id, accounts.formulaStaging.id, accounts.formulaDev.id];

/** Modules that one root alone calls. */
const IN_PROD = "modules/rds-snapshot-share/main.tf.json";
const IN_STAGING = "modules/masked-import/main.tf.json";

const EXPORTS = "modules/masked-export-bucket/main.tf.json";

/** The root that calls a module of these. Other files are those of their own root. */
export const CALLERS: Readonly<Record<string, string>> = {
  [IN_PROD]: PROD,
  [IN_STAGING]: STAGING,
  [EXPORTS]: SANITISATION,
};

const ORGANIZATION = "arn:aws:organizations::151515151515:organization/o-formula0000";
const ALL_USERS = "http://acs.amazonaws.com/groups/global/AllUsers";
const READER = `arn:aws:iam::${staging}:role/reader`;

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

/** Shares by an argument. */
function shares(): PlantedLeak[] {
  return [
    leak("snapshot for staging in place of the account for sanitisation", PROD, READER, [
      { file: `${PROD}/main.tf.json`, at: ["module", "masking_share", "recipient_role_arn"], to: READER },
    ]),
    inProd("snapshot", "aws_db_snapshot_copy", { shared_accounts: [staging] }, staging),
    inProd("public snapshot", "aws_db_snapshot", { shared_accounts: ["all"] }, "all"),
    inProd("image", "aws_ami_launch_permission", { image_id: "ami-1", organization_arn: ORGANIZATION }, ORGANIZATION),
    inProd("volume", "aws_snapshot_create_volume_permission", { snapshot_id: "snap-1", account_id: dev }, dev),
    inProd("grant of a key", "aws_kms_grant", { grantee_principal: READER, operations: ["Decrypt"] }, READER),
    inProd("resource share", "aws_ram_principal_association", { principal: ORGANIZATION }, "organization"),
    inProd(
      "bucket by its access list",
      "aws_s3_bucket_acl",
      { access_control_policy: [{ grant: [{ grantee: [{ id: "79a59df900b949e5" }] }] }] },
      "79a59df900b949e5",
    ),
    inProd("function", "aws_lambda_permission", { action: "lambda:InvokeFunction", principal: "*" }, "*"),
    inProd(
      "function for the organization",
      "aws_lambda_permission",
      { principal: "*", principal_org_id: "o-formula0000" },
      "o-formula0000",
    ),
    inProd("bucket with a grant", "aws_s3_bucket", { grant: [{ type: "Group", uri: ALL_USERS }] }, ALL_USERS),
    inProd(
      "records of a stream, to a bucket of nobody known",
      "aws_kinesis_firehose_delivery_stream",
      { extended_s3_configuration: [{ bucket_arn: "arn:aws:s3:::elsewhere" }] },
      "arn:aws:s3:::elsewhere",
    ),
    inProd(
      "records of a stream, to a host",
      "aws_kinesis_firehose_delivery_stream",
      { http_endpoint_configuration: [{ url: "https://records.example" }] },
      "https://records.example",
    ),
    inProd("calls of the account", "aws_cloudtrail", { name: "t", s3_bucket_name: "elsewhere" }, "elsewhere"),
    inProd("messages to a host", "aws_sns_topic_subscription", { endpoint: "https://messages.example" }, "messages"),
    inProd(
      "copy of a database",
      "aws_dms_endpoint",
      { server_name: "db.example", endpoint_type: "target" },
      "db.example",
    ),
    inProd("event bus", "aws_cloudwatch_event_permission", { principal: "*", statement_id: "s" }, "*"),
    inProd("document", "aws_ssm_document", { permissions: { account_ids: "All", type: "Share" } }, "All"),
    inProd(
      "replicated images",
      "aws_ecr_replication_configuration",
      { replication_configuration: [{ rule: [{ destination: [{ region: "us-east-1", registry_id: staging }] }] }] },
      staging,
    ),
    inProd(
      "logs",
      "aws_cloudwatch_log_subscription_filter",
      { destination_arn: `arn:aws:logs:us-east-1:${staging}:destination:d` },
      staging,
    ),
    leak("replicated objects, to a bucket without an account in its name", PROD, "formula-copies", [
      { file: IN_STAGING, at: ["resource", "aws_s3_bucket"], to: { leak: { bucket: "formula-copies" } } },
      {
        file: IN_PROD,
        at: ["resource", "aws_cloudwatch_event_bus"],
        to: { leak: { description: "arn:aws:s3:::formula-copies" } },
      },
    ]),
  ];
}

function networkPaths(): PlantedLeak[] {
  return [
    inProd("peering", "aws_vpc_peering_connection", { vpc_id: "vpc-1", peer_owner_id: dev, peer_vpc_id: "vpc-2" }, dev),
    inProd(
      "peering without an owner",
      "aws_vpc_peering_connection",
      { peer_vpc_id: "vpc-0123456789abcdef0" },
      "vpc-0123456789abcdef0",
    ),
    inProd(
      "accepted peering",
      "aws_vpc_peering_connection_accepter",
      { vpc_peering_connection_id: "pcx-0123456789abcdef0" },
      "pcx-0123456789abcdef0",
    ),
    inProd(
      "transit gateway",
      "aws_ec2_transit_gateway_vpc_attachment",
      { transit_gateway_id: "tgw-0123456789abcdef0" },
      "tgw-0123456789abcdef0",
    ),
    inProd("route", "aws_route", { route_table_id: "rtb-1", transit_gateway_id: "tgw-0123" }, "tgw-0123"),
    inProd(
      "endpoint of a service that is not of AWS",
      "aws_vpc_endpoint",
      { vpc_id: "vpc-1", service_name: "com.amazonaws.vpce.us-east-1.vpce-svc-0123" },
      "vpce-svc-0123",
    ),
    inProd("endpoint service", "aws_vpc_endpoint_service", { allowed_principals: ["*"] }, "*"),
    inProd(
      "zone for another network",
      "aws_route53_vpc_association_authorization",
      { vpc_id: "vpc-0123456789abcdef0", zone_id: "Z" },
      "vpc-0123456789abcdef0",
    ),
    inProd(
      "rule of a group",
      "aws_vpc_security_group_ingress_rule",
      { cidr_ipv4: "10.2.0.0/16", ip_protocol: "tcp" },
      "10.2.0.0/16",
    ),
    inProd("route", "aws_route", { destination_cidr_block: "10.3.1.0/24", gateway_id: "vgw-1" }, "10.3.1.0/24"),
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

function inProd(kind: string, type: string, values: unknown, names: string): PlantedLeak {
  return leak(kind, PROD, names, [{ file: IN_PROD, at: ["resource", type], to: { leak: values } }]);
}

function leak(kind: string, root: string, names: string, edits: readonly Edit[]): PlantedLeak {
  return { kind, root, edits, names };
}

function policy(action: string, principal: unknown): string {
  const statement = { Sid: "Leak", Effect: "Allow", Principal: principal, Action: action, Resource: "*" };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}
