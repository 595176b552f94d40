/** Services and maximum permissions of the workloads in the accounts of Formula's application, and of the masking of its data. */
import { accounts } from "../../common/accounts";
import type { FormulaEnvironment } from "../../formula/environment";
import { MASKING } from "../../formula/masking";
import type { Workloads } from "../workloads";

/** Roles of schedules, and of the state machines that they start. */
const SCHEDULED = [
  "ecs:DescribeTasks",
  "ecs:RunTask",
  "ecs:StopTask",
  "events:DescribeRule",
  "events:PutRule",
  "events:PutTargets",
  "sqs:SendMessage",
  "states:StartExecution",
] as const;

/** Fargate, RDS and VPC. */
const TASKS_AND_LOGS = [
  "ecr:BatchCheckLayerAvailability",
  "ecr:BatchGetImage",
  "ecr:GetDownloadUrlForLayer",
  "kms:Decrypt",
  "kms:GenerateDataKey",
  "logs:CreateLogGroup",
  "logs:CreateLogStream",
  "logs:DescribeLogStreams",
  "logs:GetLogEvents",
  "logs:PutLogEvents",
  "logs:PutRetentionPolicy",
  "secretsmanager:GetSecretValue",
] as const;

/** Copies of snapshots under another key. */
const SNAPSHOTS = [
  "kms:CreateGrant",
  "kms:DescribeKey",
  "kms:Encrypt",
  "kms:GenerateDataKeyWithoutPlaintext",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
  "rds:CopyDBSnapshot",
  "rds:DeleteDBSnapshot",
  "rds:DescribeDBSnapshots",
] as const;

/** State machines deliver their logs. */
const LOG_DELIVERY = [
  "logs:CreateLogDelivery",
  "logs:DeleteLogDelivery",
  "logs:DescribeLogGroups",
  "logs:DescribeResourcePolicies",
  "logs:GetLogDelivery",
  "logs:ListLogDeliveries",
  "logs:PutResourcePolicy",
  "logs:UpdateLogDelivery",
] as const;

const SERVICES = [
  "acm",
  "apigateway",
  "application-autoscaling",
  "chatbot",
  "cloudfront",
  "cloudwatch",
  "cognito-identity",
  "cognito-idp",
  "dynamodb",
  "ec2",
  "ecr",
  "ecs",
  "elasticloadbalancing",
  "events",
  "kms",
  "lambda",
  "logs",
  "rds",
  "route53",
  "rum",
  "s3",
  "scheduler",
  "secretsmanager",
  "servicediscovery",
  "shield",
  "sns",
  "sqs",
  "ssm",
  "states",
  "synthetics",
  "wafv2",
  "xray",
] as const;

/** Erasure of users, browsers of visitors, and canaries. */
const APPLICATION = [
  "cognito-idp:AdminDeleteUser",
  "cognito-idp:AdminDisableUser",
  "cognito-idp:AdminUserGlobalSignOut",
  "cognito-idp:ListUsers",
  "dynamodb:PutItem",
  "dynamodb:Scan",
  "dynamodb:UpdateItem",
  "lambda:InvokeFunction",
  "rum:PutRumEvents",
  "s3:GetBucketLocation",
  "s3:PutObject",
  "sns:Publish",
] as const;

/** Roles of the standby, which measure the age of copied backups and test that they can be restored. */
const RECOVERY_TESTS = [
  "rds:AddTagsToResource",
  "rds:DeleteDBInstance",
  "rds:DescribeDBInstanceAutomatedBackups",
  "rds:DescribeDBInstances",
  "rds:RestoreDBInstanceToPointInTime",
] as const;

/** S3, which copies the files of the website to the region of the standby. */
const REPLICATION = [
  "s3:GetObjectVersionAcl",
  "s3:GetObjectVersionForReplication",
  "s3:GetObjectVersionTagging",
  "s3:GetReplicationConfiguration",
  "s3:ListBucket",
  "s3:ReplicateObject",
  "s3:ReplicateTags",
] as const;

/** What environments do in the way of masked data and of recoveries, beside what all of them do. */
const BESIDES: Readonly<Record<FormulaEnvironment["name"], Partial<Workloads> & { readonly more: readonly string[] }>> =
  {
    dev: { more: [] },
    staging: {
      more: [],
      elsewhere: {
        actions: ["kms:Decrypt", "s3:GetObject", "s3:ListBucket"],
        accountIds: [accounts.formulaSanitisation.id],
      },
      taskRoles: [`${MASKING.import.name}-task`],
    },
    // Its account has the standby as well.
    prod: { more: [...SNAPSHOTS, "rds:ModifyDBSnapshotAttribute", ...RECOVERY_TESTS, ...REPLICATION] },
    dr: { more: [] },
  };

/** What a plan of the account reads of its links to the security account. */
const READS = ["oam:Get*", "oam:List*"] as const;

export function memberWorkloads({ name, account }: FormulaEnvironment): Workloads {
  const { more, ...masking } = BESIDES[name];
  return {
    services: SERVICES,
    singleActions: READS,
    actions: [...TASKS_AND_LOGS, ...SCHEDULED, ...APPLICATION, ...more],
    actionsOnAll: [
      "cloudwatch:PutMetricData",
      "ecr:GetAuthorizationToken",
      ...LOG_DELIVERY,
      "s3:ListAllMyBuckets",
      "xray:GetSamplingRules",
      "xray:GetSamplingTargets",
      "xray:PutTelemetryRecords",
      "xray:PutTraceSegments",
    ],
    settings: [`arn:aws:ssm:*:${account.id}:parameter/formula/*`],
    ...masking,
  };
}

const STEPS = ["export", "mask", "verify"] as const;

/** Of the account for sanitisation, which copies what production shares. */
export const MASKING_WORKLOADS: Workloads = {
  services: [
    "cloudwatch",
    "ec2",
    "ecr",
    "ecs",
    "events",
    "kms",
    "logs",
    "rds",
    "s3",
    "scheduler",
    "secretsmanager",
    "sns",
    "sqs",
    "states",
  ],
  singleActions: READS,
  actions: [
    ...TASKS_AND_LOGS,
    ...SCHEDULED,
    ...SNAPSHOTS,
    "rds:DeleteDBInstance",
    "rds:DescribeDBInstances",
    "rds:RestoreDBInstanceFromDBSnapshot",
    "s3:PutObject",
    "secretsmanager:CreateSecret",
    "secretsmanager:TagResource",
  ],
  actionsOnAll: ["ecr:GetAuthorizationToken", ...LOG_DELIVERY],
  elsewhere: {
    actions: ["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:ReEncryptFrom", "rds:CopyDBSnapshot"],
    accountIds: [accounts.formulaProd.id],
  },
  taskRoles: [...STEPS.map((step) => `${MASKING.pipeline.name}-${step}`), "formula-sanitisation-task-execution"],
  settings: [],
};
