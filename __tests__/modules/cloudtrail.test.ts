import { z } from "zod";
import { Cloudtrail } from "../../modules/cloudtrail";
import { emitted } from "../lib/generator/support";
import { matches } from "../support/event-pattern";
import { matchesLogPattern } from "../support/log-pattern";
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
  pipelineRolePrefix: "delivery",
  alertTopicArn: "arn:aws:sns:eu-central-1:111122223333:account-alerts",
} as const;

const ACCOUNT = "arn:aws:iam::111122223333";

/** The parts of a CloudTrail event that tell who made a call, as AWS writes them. */
const sessionOf = (userName: string, federatedProvider?: string) => ({
  type: "AssumedRole",
  arn: `arn:aws:sts::111122223333:assumed-role/${userName}/session`,
  sessionContext: {
    sessionIssuer: { type: "Role", arn: `${ACCOUNT}:role/${userName}`, userName },
    ...(federatedProvider !== undefined && { webIdFederationData: { federatedProvider, attributes: {} } }),
  },
});
const GITHUB = `${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;
const WORKFLOW = sessionOf("delivery-apply-shop-dev", GITHUB);
const STOLEN = sessionOf("delivery-apply-shop-dev");
const ADMIN = sessionOf("shop-admin");
const USER = { type: "IAMUser", arn: `${ACCOUNT}:user/robot`, userName: "robot" };
const ROOT = { type: "Root", arn: `${ACCOUNT}:root` };
const AWS_ITSELF = sessionOf("AWSServiceRoleForAmazonEKS");

const event = (service: string, eventName: string, userIdentity: object, more: object = {}) => ({
  eventSource: `${service}.amazonaws.com`,
  eventName,
  eventType: "AwsApiCall",
  readOnly: /^(Describe|Get|List|Lookup)/.test(eventName),
  userIdentity,
  ...more,
});
const assume = (role: string) =>
  event("sts", "AssumeRole", USER, { readOnly: true, requestParameters: { roleArn: `${ACCOUNT}:role/${role}` } });

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
        Resource: [`${bucket}/AWSLogs/111122223333/*`],
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

    test.each([
      ["a sign-in of the root user", event("signin", "ConsoleLogin", ROOT), ["root-user"]],
      ["a call of the root user", event("iam", "CreateAccessKey", ROOT), ["iam-changes", "root-user"]],
      ["a service that acts for the root user", event("s3", "PutObject", { ...ROOT, invokedBy: "AWS Internal" }), []],
      ["the end of the trail", event("cloudtrail", "StopLogging", WORKFLOW), ["trail-changes"]],
      ["a change of a role by an administrator", event("iam", "PutRolePolicy", ADMIN), ["iam-changes"]],
      ["a change of a role by a user", event("iam", "PutRolePolicy", USER), ["iam-changes"]],
      ["a change of a role by the pipeline", event("iam", "PutRolePolicy", WORKFLOW), []],
      ["a change of a role by AWS", event("iam", "AttachRolePolicy", AWS_ITSELF), []],
      ["reading a role", event("iam", "GetRole", ADMIN), []],
      ["an open port", event("ec2", "AuthorizeSecurityGroupIngress", ADMIN), ["network-changes"]],
      ["a route", event("ec2", "ReplaceRoute", USER), ["network-changes"]],
      ["a changed network", event("ec2", "ModifyVpcAttribute", ADMIN), ["network-changes"]],
      ["a gateway", event("ec2", "AttachInternetGateway", ADMIN), ["network-changes"]],
      ["a list of networks", event("ec2", "DescribeVpcs", ADMIN), []],
      ["an instance", event("ec2", "RunInstances", ADMIN), []],
      ["a key's policy", event("kms", "PutKeyPolicy", ADMIN), ["key-changes"]],
      ["the deletion of a key", event("kms", "ScheduleKeyDeletion", USER), ["key-changes"]],
      ["a key without rotation", event("kms", "DisableKeyRotation", ADMIN), ["key-changes"]],
      ["an alias", event("kms", "UpdateAlias", ADMIN), ["key-changes"]],
      ["a grant, which services make all the time", event("kms", "CreateGrant", ADMIN), []],
      ["a changed database", event("rds", "ModifyDBInstance", ADMIN), ["database-changes"]],
      ["a started migration", event("dms", "StartReplicationTask", ADMIN), ["database-changes"]],
      ["a database changed by the pipeline", event("rds", "ModifyDBInstance", WORKFLOW), []],
      ["a list of databases", event("rds", "DescribeDBInstances", ADMIN), []],
      ["a pipeline's role without GitHub's token", event("rds", "ModifyDBInstance", STOLEN), ["pipeline-role-use"]],
      ["a console of a pipeline's role", event("signin", "ConsoleLogin", WORKFLOW), ["pipeline-role-use"]],
      ["a person who assumes a pipeline's role", assume("delivery-plan"), ["pipeline-role-use"]],
      ["a person who assumes a role of her own", assume("shop-developer"), []],
      ["a plan in a workflow", event("s3", "GetBucketPolicy", WORKFLOW), []],
    ] as const)("raises alarms for all regions: %s", (_what, call, expected) => {
      const raised = plan()
        .all("aws_cloudwatch_log_metric_filter")
        .filter(({ values }) => matchesLogPattern(z.string().parse(values.pattern), call))
        .map(({ values }) => values.name);
      expect(raised.sort()).toEqual(expected);
    });

    test("publishes each alarm, and keeps each pattern within the size that CloudWatch Logs takes", () => {
      const filters = plan().all("aws_cloudwatch_log_metric_filter");
      expect(filters.filter(({ values }) => String(values.pattern).length > 1024)).toEqual([]);
      const alarms = plan().all("aws_cloudwatch_metric_alarm");
      expect(alarms.map(({ values }) => values.metric_name)).toEqual(filters.map(({ values }) => values.name));
      for (const { values } of alarms) {
        expect(values).toMatchObject({ namespace: "shop-trail", statistic: "Sum", threshold: 0 });
        expect(values.alarm_actions).toEqual([base.alertTopicArn]);
      }
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
