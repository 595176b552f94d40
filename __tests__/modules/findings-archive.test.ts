import { FindingsArchive } from "../../modules/findings-archive";
import { emitted } from "../lib/generator/support";
import { matches } from "../support/event-pattern";
import { findingEvent } from "../support/finding";
import { describePlan } from "../support/planned";
import { arnOf } from "../support/stand-ins";

const base = {
  name: "account-findings",
  accountId: "111122223333",
  region: "eu-west-1",
  bucketName: "shop-findings",
  kmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/1",
  accessLogBucket: "shop-access-logs",
  retentionDays: 396,
  deadLetterArn: "arn:aws:sqs:eu-west-1:111122223333:account-events-dead-letters",
  alertTopicArn: "arn:aws:sns:eu-west-1:111122223333:account-alerts",
  permissionsBoundaryArn: "arn:aws:iam::111122223333:policy/workloads",
} as const;

describePlan(
  "an archive of findings",
  (root) => {
    new FindingsArchive(root, "archive", base);
  },
  (plan) => {
    const bucket = arnOf("module.archive.aws_s3_bucket.this");
    const stream = arnOf("module.archive.aws_kinesis_firehose_delivery_stream.this");

    test.each([
      ["a finding", findingEvent(), true],
      ["a finding of low severity that is resolved", findingEvent({ Severity: { Label: "LOW" } }), true],
      ["a change of compliance", { source: "aws.config", "detail-type": "Config Rules Compliance Change" }, true],
      [
        "a remediation",
        { source: "aws.ssm", "detail-type": "EC2 Automation Execution Status-change Notification" },
        true,
      ],
      ["a step of it", { source: "aws.ssm", "detail-type": "EC2 Automation Step Status-change Notification" }, true],
      ["a changed parameter", { source: "aws.ssm", "detail-type": "Parameter Store Change" }, false],
      ["a recorded resource", { source: "aws.config", "detail-type": "Config Configuration Item Change" }, false],
    ])("receives %s", (_what, event, expected) => {
      const pattern: unknown = plan().document("module.archive.aws_cloudwatch_event_rule.this", "event_pattern");
      expect(matches(pattern, event)).toBe(expected);
    });

    test("locks every object for the retention, and denies the bypass of the lock", () => {
      expect(plan().values("module.archive.aws_s3_bucket.this").object_lock_enabled).toBe(true);
      expect(plan().values("module.archive.aws_s3_bucket_object_lock_configuration.this")).toMatchObject({
        rule: [{ default_retention: [{ mode: "GOVERNANCE", days: 396 }] }],
      });
      expect(plan().statements("module.archive.aws_s3_bucket_policy.this").DenyUnlocking).toEqual({
        Effect: "Deny",
        Principal: "*",
        Action: "s3:BypassGovernanceRetention",
        Resource: `${bucket}/*`,
      });
    });

    test("encrypts waiting and written findings with the key, as compressed lines by day", () => {
      expect(plan().values("module.archive.aws_kinesis_firehose_delivery_stream.this")).toMatchObject({
        name: "account-findings-archive",
        server_side_encryption: [{ enabled: true, key_type: "CUSTOMER_MANAGED_CMK", key_arn: base.kmsKeyArn }],
        extended_s3_configuration: [
          {
            bucket_arn: bucket,
            kms_key_arn: base.kmsKeyArn,
            compression_format: "GZIP",
            prefix: "findings/!{timestamp:yyyy}/!{timestamp:MM}/!{timestamp:dd}/",
            processing_configuration: [
              {
                processors: [
                  {
                    type: "AppendDelimiterToRecord",
                    parameters: [{ parameter_name: "Delimiter", parameter_value: "\\n" }],
                  },
                ],
              },
            ],
          },
        ],
      });
    });

    test("has one role that may only put records, and one that may only write the bucket's objects", () => {
      expect(plan().statements("module.archive.aws_iam_role_policy.events")).toEqual({
        PutRecords: { Effect: "Allow", Action: ["firehose:PutRecord", "firehose:PutRecordBatch"], Resource: stream },
      });
      const delivery = plan().statements("module.archive.aws_iam_role_policy.delivery");
      expect(delivery.WriteObjects).toMatchObject({ Resource: `${bucket}/*` });
      expect(Object.values(delivery).flatMap(({ Action }) => Action)).not.toContainEqual(
        expect.stringMatching(/Delete|Bypass|Retention|Policy/),
      );
      for (const role of ["delivery", "events"]) {
        expect(plan().values(`module.archive.aws_iam_role.${role}`).permissions_boundary).toBe(
          base.permissionsBoundaryArn,
        );
      }
    });

    test("reports findings that wait for more than an hour, and keeps events that the stream does not take", () => {
      expect(plan().values("module.archive.aws_cloudwatch_metric_alarm.this")).toMatchObject({
        metric_name: "DeliveryToS3.DataFreshness",
        dimensions: { DeliveryStreamName: "account-findings-archive" },
        threshold: 3600,
        alarm_actions: [base.alertTopicArn],
      });
      expect(plan().values("module.archive.aws_cloudwatch_event_target.this")).toMatchObject({
        arn: stream,
        dead_letter_config: [{ arn: base.deadLetterArn }],
      });
    });
  },
);

test("nothing is delivered before the bucket is locked and the role may write", () => {
  expect(emitted(FindingsArchive, "main.tf.json")).toMatchObject({
    resource: {
      aws_kinesis_firehose_delivery_stream: {
        this: {
          depends_on: [
            "aws_s3_bucket_object_lock_configuration.this",
            "aws_s3_bucket_server_side_encryption_configuration.this",
            "aws_s3_bucket_policy.this",
            "aws_iam_role_policy.delivery",
          ],
        },
      },
      aws_cloudwatch_event_target: { this: { depends_on: ["aws_iam_role_policy.events"] } },
    },
  });
});
