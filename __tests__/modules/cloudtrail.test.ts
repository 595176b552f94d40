import { z } from "zod";
import { Cloudtrail } from "../../modules/cloudtrail";
import { emitted } from "../lib/generator/support";
import { matches } from "../support/event-pattern";
import { describePlan } from "../support/planned";
import { arnOf } from "../support/stand-ins";

const base = {
  name: "shop",
  accountId: "111122223333",
  region: "eu-central-1",
  bucketName: "shop-cloudtrail",
  kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1",
  accessLogBucket: "shop-access-logs",
  retentionDays: 2192,
  logRetentionDays: 365,
  permissionsBoundaryArn: "arn:aws:iam::111122223333:policy/workloads",
  alertTopicArn: "arn:aws:sns:eu-central-1:111122223333:account-alerts",
} as const;

describePlan(
  "a trail",
  (root) => {
    new Cloudtrail(root, "trail", base);
  },
  (plan) => {
    const bucket = arnOf("module.trail.aws_s3_bucket.this");
    const trailArn = "arn:aws:cloudtrail:eu-central-1:111122223333:trail/shop";

    test("records all calls in all regions, encrypted, with digests that prove integrity", () => {
      expect(plan().values("module.trail.aws_cloudtrail.this")).toMatchObject({
        is_multi_region_trail: true,
        include_global_service_events: true,
        enable_logging: true,
        enable_log_file_validation: true,
        kms_key_id: base.kmsKeyArn,
        s3_bucket_name: "shop-cloudtrail",
      });
    });

    test("locks every object of its bucket for the retention, and denies the bypass of the lock", () => {
      expect(plan().values("module.trail.aws_s3_bucket.this").object_lock_enabled).toBe(true);
      expect(plan().values("module.trail.aws_s3_bucket_object_lock_configuration.this")).toMatchObject({
        rule: [{ default_retention: [{ mode: "GOVERNANCE", days: 2192 }] }],
      });
      expect(plan().statements("module.trail.aws_s3_bucket_policy.this")).toMatchObject({
        DenyUnlocking: {
          Effect: "Deny",
          Principal: "*",
          Action: "s3:BypassGovernanceRetention",
          Resource: `${bucket}/*`,
        },
      });
    });

    test("is the only one that CloudTrail may deliver to the bucket, for this account", () => {
      const { TrailFindsBucket, TrailDelivers } = plan().statements("module.trail.aws_s3_bucket_policy.this");
      expect(TrailFindsBucket).toMatchObject({ Condition: { StringEquals: { "aws:SourceArn": trailArn } } });
      expect(TrailDelivers).toMatchObject({
        Action: "s3:PutObject",
        Resource: `${bucket}/AWSLogs/111122223333/*`,
        Condition: { StringEquals: { "aws:SourceArn": trailArn } },
      });
    });

    test("writes to a separate log group, with a role that has the boundary", () => {
      const group = "module.trail.aws_cloudwatch_log_group.this";
      expect(plan().values(group)).toMatchObject({
        name: "/audit/cloudtrail/shop",
        kms_key_id: base.kmsKeyArn,
        retention_in_days: 365,
      });
      expect(plan().values("module.trail.aws_iam_role.this").permissions_boundary).toBe(base.permissionsBoundaryArn);
      expect(plan().statements("module.trail.aws_iam_role_policy.this")).toEqual({
        WriteLog: {
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: `${arnOf(group)}:*`,
        },
      });
    });

    test("notifies the topic of the root user, and of changes to logging", () => {
      const told = (event: object) =>
        plan()
          .all("aws_cloudwatch_event_rule")
          .filter(({ values }) => matches(JSON.parse(z.string().parse(values.event_pattern)), event))
          .map(({ values }) => values.name);
      const call = (source: string, eventName: string, type = "AssumedRole") => ({
        source,
        "detail-type": "AWS API Call via CloudTrail",
        detail: { eventName, userIdentity: { type } },
      });
      expect(told(call("aws.cloudtrail", "StopLogging"))).toEqual(["shop-records-changed"]);
      expect(told(call("aws.guardduty", "DeleteDetector"))).toEqual(["shop-records-changed"]);
      expect(told(call("aws.s3", "CreateBucket", "Root"))).toEqual(["shop-root-used"]);
      const signIn = { "detail-type": "AWS Console Sign In via CloudTrail", source: "aws.signin" };
      expect(told({ ...signIn, detail: { userIdentity: { type: "Root" } } })).toEqual(["shop-root-used"]);
      expect(told(call("aws.cloudtrail", "LookupEvents"))).toEqual([]);
      expect(told(call("aws.ecs", "UpdateService"))).toEqual([]);
    });
  },
);

test("a trail starts after its bucket is locked and allows it, and its role may write", () => {
  expect(emitted(Cloudtrail, "main.tf.json")).toMatchObject({
    resource: {
      aws_cloudtrail: {
        this: {
          depends_on: [
            "aws_s3_bucket_object_lock_configuration.this",
            "aws_s3_bucket_server_side_encryption_configuration.this",
            "aws_s3_bucket_policy.this",
            "aws_iam_role_policy.this",
          ],
        },
      },
      aws_s3_bucket: { this: { lifecycle: { prevent_destroy: true } } },
      // S3 changes no lock of a bucket whose versions are suspended.
      aws_s3_bucket_object_lock_configuration: { this: { depends_on: ["aws_s3_bucket_versioning.this"] } },
    },
  });
});
