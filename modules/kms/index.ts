import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { z } from "zod";
import {
  ACCOUNT_ID,
  defineModule,
  type Expression,
  hcl,
  isSet,
  local,
  partition,
  policyDocument,
  REGION,
  resource,
  resourceName,
  set,
} from "../../lib";

export const Kms = defineModule({
  name: "kms",
  description:
    "A customer managed key with yearly rotation and an alias, for IAM principals of the account and the named AWS services.",
  inputs: {
    name: resourceName(200).describe("Alias of the key, without `alias/`."),
    description: z.string().min(1).describe("Purpose of the key."),
    accountId: ACCOUNT_ID.describe("Account whose IAM policies decide who may use the key."),
    region: REGION.describe("Region of the key, for the names of service principals."),
    services: set(
      z.enum([
        "logs",
        "cloudtrail",
        "cloudfront",
        "config",
        "cloudwatch",
        "budgets",
        "cost-anomalies",
        "events",
        "events-queues",
        "log-delivery",
        "rds-events",
        "ses",
      ]),
    )
      .default([])
      .describe(
        "AWS services that use the key directly: CloudWatch Logs for its log groups, CloudTrail and AWS Config for their objects in buckets, CloudFront to read objects of a distribution, `events-queues` for EventBridge to send to encrypted SQS queues, `log-delivery` for the delivery of logs that a service has encrypted, the others to publish to encrypted SNS topics.",
      ),
    trailOwnerId: ACCOUNT_ID.nullable()
      .default(null)
      .describe(
        "Account that owns the trails of CloudTrail: the management account, if the key encrypts the trail of an organization. Null for the key's account.",
      ),
    deletionWindowDays: z
      .int()
      .min(7)
      .max(30)
      .default(30)
      .describe(
        "Days in which a scheduled deletion can be cancelled. After the deletion, all data that the key encrypted is lost, including final snapshots and backups of deleted databases.",
      ),
  },
  outputs: {
    arn: z.string().describe("ARN of the key."),
  },
  example: {
    name: "shop-data",
    description: "Shop: data at rest.",
    accountId: "111122223333",
    region: "eu-central-1",
    services: ["logs"],
  },
  build(scope, input) {
    const arnPartition = partition(scope);
    const account = local<object>(scope, "account_statement", {
      Sid: "AccountPolicies",
      Effect: "Allow",
      Principal: { AWS: `arn:${arnPartition}:iam::${input.accountId}:root` },
      Action: "kms:*",
      Resource: "*",
    });
    const fromAccount = { StringEquals: { "aws:SourceAccount": input.accountId } };
    const services = local<object>(scope, "service_statements", {
      logs: logsStatement(arnPartition, input.region, input.accountId),
      cloudtrail: trailStatement(
        arnPartition,
        isSet(input.trailOwnerId)((id) => id, input.accountId),
      ),
      cloudfront: distributionStatement(arnPartition, input.accountId),
      config: publisherStatement("Config", "config.amazonaws.com", fromAccount),
      cloudwatch: publisherStatement("CloudWatchAlarms", "cloudwatch.amazonaws.com", fromAccount),
      budgets: publisherStatement("Budgets", "budgets.amazonaws.com", fromAccount),
      "cost-anomalies": publisherStatement("CostAnomalies", "costalerts.amazonaws.com", fromAccount),
      events: publisherStatement("EventBridge", "events.amazonaws.com", {
        ArnLike: {
          "kms:EncryptionContext:aws:sns:topicArn": `arn:${arnPartition}:sns:${input.region}:${input.accountId}:*`,
        },
      }),
      "events-queues": publisherStatement("EventBridgeQueues", "events.amazonaws.com", {
        ArnLike: {
          "kms:EncryptionContext:aws:sqs:arn": `arn:${arnPartition}:sqs:${input.region}:${input.accountId}:*`,
        },
      }),
      "log-delivery": deliveryStatement(arnPartition, input.region, input.accountId),
      "rds-events": publisherStatement("RdsEvents", "events.rds.amazonaws.com", fromAccount),
      ses: publisherStatement("Ses", "ses.amazonaws.com", fromAccount),
    });
    const policy = policyDocument(
      scope,
      "policy",
      hcl`concat([${account}], [for service in sort(${input.services}) : ${services}[service]])`,
    );
    const key = resource(scope, KmsKey, "this", {
      description: input.description,
      enableKeyRotation: true,
      deletionWindowInDays: input.deletionWindowDays,
      policy,
      lifecycle: { preventDestroy: true },
    });
    resource(scope, KmsAlias, "this", { name: `alias/${input.name}`, targetKeyId: key.keyId });
    return { arn: key.arn };
  },
});

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html */
function logsStatement(arnPartition: Expression<string>, region: Expression<string>, accountId: Expression<string>) {
  return {
    Sid: "CloudWatchLogs",
    Effect: "Allow",
    Principal: { Service: `logs.${region}.amazonaws.com` },
    Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
    Resource: "*",
    Condition: {
      ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:${arnPartition}:logs:${region}:${accountId}:log-group:*` },
    },
  };
}

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html */
function deliveryStatement(
  arnPartition: Expression<string>,
  region: Expression<string>,
  accountId: Expression<string>,
) {
  return {
    Sid: "LogDelivery",
    Effect: "Allow",
    Principal: { Service: "delivery.logs.amazonaws.com" },
    Action: "kms:Decrypt",
    Resource: "*",
    Condition: {
      StringEquals: { "kms:EncryptionContext:SourceArn": `arn:${arnPartition}:logs:${region}:${accountId}:*` },
    },
  };
}

/** @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html */
function trailStatement(arnPartition: Expression<string>, accountId: Expression<string>) {
  return {
    Sid: "CloudTrail",
    Effect: "Allow",
    Principal: { Service: "cloudtrail.amazonaws.com" },
    Action: ["kms:DescribeKey", "kms:GenerateDataKey*"],
    Resource: "*",
    Condition: { ArnLike: { "aws:SourceArn": `arn:${arnPartition}:cloudtrail:*:${accountId}:trail/*` } },
  };
}

/**
 * The policy cannot name a distribution: a distribution needs its bucket, and the bucket its key.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 */
function distributionStatement(arnPartition: Expression<string>, accountId: Expression<string>) {
  return {
    Sid: "CloudFront",
    Effect: "Allow",
    Principal: { Service: "cloudfront.amazonaws.com" },
    Action: "kms:Decrypt",
    Resource: "*",
    Condition: { ArnLike: { "aws:SourceArn": `arn:${arnPartition}:cloudfront::${accountId}:distribution/*` } },
  };
}

/**
 * EventBridge sends neither its account nor its rule when it uses a key. The encryption context contains the topic or the
 * queue.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 */
function publisherStatement(sid: string, service: string, condition: object) {
  return {
    Sid: sid,
    Effect: "Allow",
    Principal: { Service: service },
    Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
    Resource: "*",
    Condition: condition,
  };
}
