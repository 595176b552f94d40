import { Cloudtrail as AwsCloudtrail } from "@cdktf/provider-aws/lib/cloudtrail";
import { z } from "zod";
import {
  ACCOUNT_ID,
  AUDIT_LOGS,
  arnOf,
  BUCKET_NAME,
  defineModule,
  LOG_RETENTION_DAYS,
  partition,
  REGION,
  resource,
  resourceName,
  sizing,
} from "../../lib";
import { reportEvents } from "./alerts";
import { trailBucket } from "./bucket";
import { trailLog } from "./log";

export const Cloudtrail = defineModule({
  name: "cloudtrail",
  description:
    "The record of every call to AWS in an account, in all regions: encrypted, with digests that show a change, in a bucket whose objects are locked for the retention, and in a log group for searches. The use of the root user, and changes to what records and detects, are reported to a topic. One trail is enough for an account, and none if the organization has one.",
  inputs: {
    name: resourceName(40).describe(
      `Name of the trail, and first part of the names of its role and rules; its log group is \`${AUDIT_LOGS}cloudtrail/<name>\`.`,
    ),
    accountId: ACCOUNT_ID.describe("Account whose calls are recorded."),
    region: REGION.describe("Region that the trail and its bucket are managed in."),
    bucketName: BUCKET_NAME.describe("Globally unique name of the trail's bucket."),
    kmsKeyArn: arnOf("kms").describe("Key that encrypts the record; it has to admit CloudTrail and CloudWatch Logs."),
    accessLogBucket: BUCKET_NAME.describe("Bucket for the server access logs, of the `s3-access-logs` module."),
    retentionDays: sizing(z.int().min(365).max(36_500)).describe(
      "Days for which Object Lock keeps each object from being changed and deleted: 2192 are six years. No rule deletes it afterwards.",
    ),
    logRetentionDays: sizing(LOG_RETENTION_DAYS).describe("Days that events can be searched in CloudWatch Logs."),
    permissionsBoundaryArn: arnOf("iam")
      .nullable()
      .default(null)
      .describe("Permissions boundary of the trail's role, where whoever applies may make no role without one."),
    alertTopicArn: arnOf("sns").describe("Topic that is told; its policy has to admit `events.amazonaws.com`."),
  },
  outputs: {
    arn: z.string().describe("ARN of the trail."),
    logGroupName: z.string().describe("Log group of the trail."),
  },
  example: {
    name: "shop",
    accountId: "111122223333",
    region: "eu-central-1",
    bucketName: "shop-cloudtrail",
    kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    accessLogBucket: "shop-access-logs",
    retentionDays: 2192,
    logRetentionDays: 365,
    alertTopicArn: "arn:aws:sns:eu-central-1:111122223333:account-alerts",
  },
  build(scope, input) {
    const trailArn = `arn:${partition(scope)}:cloudtrail:${input.region}:${input.accountId}:trail/${input.name}`;
    const bucket = trailBucket(scope, { ...input, trailArn });
    const log = trailLog(scope, input);
    const trail = resource(scope, AwsCloudtrail, "this", {
      name: input.name,
      s3BucketName: bucket.name,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogging: true,
      enableLogFileValidation: true,
      kmsKeyId: input.kmsKeyArn,
      cloudWatchLogsGroupArn: `${log.group.arn}:*`,
      cloudWatchLogsRoleArn: log.role.arn,
      dependsOn: [...bucket.ready, log.policy],
    });
    reportEvents(scope, input);
    return { arn: trail.arn, logGroupName: log.group.name };
  },
});
