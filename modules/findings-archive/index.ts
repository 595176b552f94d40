import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { z } from "zod";
import {
  ACCOUNT_ID,
  arnOf,
  BUCKET_NAME,
  defineModule,
  jsonencode,
  REGION,
  resource,
  resourceName,
  sizing,
} from "../../lib";
import { archiveBucket } from "./bucket";
import { deliveryStream } from "./stream";

/**
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-cwe-event-formats.html
 * @see https://docs.aws.amazon.com/config/latest/developerguide/monitor-config-with-cloudwatchevents.html
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/monitoring-systems-manager-event-examples.html
 */
const ARCHIVED = {
  source: ["aws.config", "aws.securityhub", "aws.ssm"],
  "detail-type": [
    "Config Rules Compliance Change",
    "EC2 Automation Execution Status-change Notification",
    "EC2 Automation Step Status-change Notification",
    "Security Hub Findings - Imported",
  ],
};

export const FindingsArchive = defineModule({
  name: "findings-archive",
  description:
    "The archive of an account's security findings, for audits: each finding of Security Hub and each of its updates, each change of compliance that AWS Config reports, and each remediation by an automation of Systems Manager. EventBridge passes them to Amazon Data Firehose, which writes compressed JSON lines into an encrypted bucket whose objects are locked for the retention. An alarm reports if nothing can be delivered.",
  inputs: {
    name: resourceName(40).describe("Prefix of the names of the stream, the roles, the rule and the alarm."),
    accountId: ACCOUNT_ID.describe(
      "Account of the archive. An administrator of Security Hub also archives its members' findings.",
    ),
    region: REGION.describe("Region of the archive: the one that aggregates findings."),
    bucketName: BUCKET_NAME.describe("Globally unique name of the bucket."),
    kmsKeyArn: arnOf("kms").describe("Key that encrypts the stream and every object."),
    accessLogBucket: BUCKET_NAME.describe("Bucket for the server access logs, from the `s3-access-logs` module."),
    retentionDays: sizing(z.int().min(365).max(3653)).describe(
      "Days for which Object Lock prevents the change and deletion of each object: the period of an audit, and the time until the audit ends. No rule deletes it afterwards.",
    ),
    deadLetterArn: arnOf("sqs").describe(
      "Queue of events that cannot be delivered, from the `event-dead-letters` module.",
    ),
    alertTopicArn: arnOf("sns").describe(
      "Topic that receives the alarm. Its policy has to allow `cloudwatch.amazonaws.com`.",
    ),
    permissionsBoundaryArn: arnOf("iam")
      .nullable()
      .default(null)
      .describe("Permissions boundary of the roles, if the apply role may create roles only with a boundary."),
  },
  outputs: {
    bucketName: z.string().describe("Name of the bucket."),
  },
  example: {
    name: "account-findings",
    accountId: "111122223333",
    region: "eu-central-1",
    bucketName: "shop-findings",
    kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    accessLogBucket: "shop-access-logs",
    retentionDays: 396,
    deadLetterArn: "arn:aws:sqs:eu-central-1:111122223333:account-events-dead-letters",
    alertTopicArn: "arn:aws:sns:eu-central-1:111122223333:account-alerts",
  },
  build(scope, input) {
    const bucket = archiveBucket(scope, input);
    const stream = deliveryStream(scope, input, bucket);
    const rule = resource(scope, CloudwatchEventRule, "this", {
      name: `${input.name}-archived`,
      description: "Findings, changes of compliance and remediations, for the archive",
      eventPattern: jsonencode(ARCHIVED),
    });
    resource(scope, CloudwatchEventTarget, "this", {
      rule: rule.name,
      arn: stream.arn,
      roleArn: stream.writerRoleArn,
      deadLetterConfig: { arn: input.deadLetterArn },
      dependsOn: [stream.writerPolicy],
    });
    resource(scope, CloudwatchMetricAlarm, "this", {
      alarmName: `${input.name}-not-delivered`,
      alarmDescription: `Firehose has had findings for an hour that it could not write to ${input.bucketName}. It retries for 24 hours. Check the policy of the bucket, the key and the role.`,
      namespace: "AWS/Firehose",
      metricName: "DeliveryToS3.DataFreshness",
      dimensions: { DeliveryStreamName: stream.name },
      statistic: "Maximum",
      period: 300,
      evaluationPeriods: 1,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 3600,
      treatMissingData: "notBreaching",
      alarmActions: [input.alertTopicArn],
      okActions: [input.alertTopicArn],
    });
    return { bucketName: bucket.name };
  },
});
