import type { AccountRoot } from "../../../environments/accounts/account";
import { arnOf } from "../../support/stand-ins";
import type { PlannedAccount } from "./planned-account";

export function testTrail({ account, detectors }: AccountRoot, planned: () => PlannedAccount): void {
  const bucket = "module.trail.aws_s3_bucket";
  const { organization } = detectors;

  test("records every call in all regions, encrypted, with digests, in a bucket and a log group", () => {
    expect(planned().plan.values("module.trail.aws_cloudtrail.this")).toMatchObject({
      name: "account",
      is_multi_region_trail: true,
      include_global_service_events: true,
      enable_log_file_validation: true,
      kms_key_id: arnOf("module.records_key.aws_kms_key.this"),
      s3_bucket_name: `${account.name}-records-cloudtrail-${account.id}`,
      is_organization_trail: organization !== undefined,
      cloud_watch_logs_group_arn: `${arnOf("module.trail.aws_cloudwatch_log_group.this")}:*`,
    });
  });

  test("keeps the record of calls for as long as its data says, six years where health records are", () => {
    expect(planned().plan.values(`${bucket}_object_lock_configuration.this`)).toMatchObject({
      rule: [{ default_retention: [{ mode: "GOVERNANCE", days: detectors.trailDays }] }],
    });
    if (account.name.startsWith("credentialmate")) expect(detectors.trailDays).toBeGreaterThanOrEqual(6 * 365 + 2);
  });

  test("takes deliveries of the account's trail, or of that of its organization, and of no other", () => {
    const { plan } = planned();
    const owner = organization?.managementAccountId ?? account.id;
    const { TrailDelivers, TrailFindsBucket } = plan.statements(`${bucket}_policy.this`);
    const folders = organization === undefined ? [account.id] : [owner, organization.id];
    const own = { "aws:SourceArn": `arn:aws:cloudtrail:${account.state.region}:${owner}:trail/account` };
    expect(TrailDelivers).toMatchObject({
      Resource: folders.map((folder) => `${arnOf("module.trail.aws_s3_bucket.this")}/AWSLogs/${folder}/*`),
      Condition: { StringEquals: own },
    });
    expect(TrailFindsBucket?.Condition).toEqual({ StringEquals: own });
    const { CloudTrail } = plan.statements("module.records_key.aws_kms_key.this");
    expect(CloudTrail?.Condition).toEqual({ ArnLike: { "aws:SourceArn": `arn:aws:cloudtrail:*:${owner}:trail/*` } });
    const trust = plan.statements("module.trail.aws_iam_role.this", "assume_role_policy");
    expect(trust.AssumeByService?.Condition).toEqual({
      StringEquals:
        organization === undefined ? { "aws:SourceAccount": account.id } : { "aws:SourceOrgID": organization.id },
    });
    const rules = plan.all("aws_cloudwatch_event_rule").map(({ values }) => values.name);
    expect(rules).toContain("account-root-used");
  });
}

export function testDetection(one: AccountRoot, planned: () => PlannedAccount): void {
  const { account, standby, otherRegions = [], detectors } = one;
  const elsewhere = [
    ...otherRegions.map((region) => `${region.replaceAll("-", "_")}_`),
    ...(standby === null ? [] : ["standby_"]),
  ];
  const key = arnOf("module.records_key.aws_kms_key.this");

  test("names every rule of the account so that its boundary protects it", () => {
    const names = planned()
      .plan.all("aws_cloudwatch_event_rule")
      .map(({ values }) => String(values.name));
    expect(names).toContain("account-guardduty-finding");
    expect(names.filter((name) => !name.startsWith("account-"))).toEqual([]);
  });

  test("detects threats in each region, and tells somebody of that region's findings", () => {
    const { plan } = planned();
    for (const prefix of ["", ...elsewhere]) {
      expect(plan.values(`module.${prefix}threats.aws_cloudwatch_event_target.finding`)).toMatchObject({
        rule: "account-guardduty-finding",
        arn: arnOf(`module.${prefix}alerts.aws_sns_topic.this`),
      });
      expect(plan.keys(`module.${prefix}alerts.aws_sns_topic_subscription.email`)).toEqual(detectors.alertEmails);
    }
  });

  test("records the resources of each region in one bucket, and those of IAM once", () => {
    const { plan } = planned();
    const groups = plan
      .all("aws_config_configuration_recorder")
      .map(({ values }) => JSON.stringify(values.recording_group));
    // With exclusions, IAM is recorded where it is not excluded.
    const recordsIam = (group: string) =>
      group.includes('"include_global_resource_types":true') ||
      (group.includes("EXCLUSION_BY_RESOURCE_TYPES") && !group.includes("AWS::IAM::Role"));
    expect(groups.filter(recordsIam)).toHaveLength(1);
    for (const { values } of plan.all("aws_config_delivery_channel")) {
      expect(values).toMatchObject({
        s3_bucket_name: `${account.name}-records-config-${account.id}`,
        s3_kms_key_arn: key,
      });
    }
  });

  test("lets the roles of environments change neither what records nor who is told", () => {
    const roles = [...planned().roles.keys()].filter((role) => /-apply-(?!account-)/.test(role));
    const trail = `arn:aws:s3:::${account.name}-records-cloudtrail-${account.id}`;
    const never = [
      ["cloudtrail:UpdateTrail", "*"],
      ["config:StopConfigurationRecorder", "*"],
      ["guardduty:UpdateDetector", "*"],
      ["s3:PutBucketPolicy", trail],
      ["s3:DeleteBucket", `arn:aws:s3:::${account.name}-records-config-${account.id}`],
      ["kms:PutKeyPolicy", key],
      ["events:DeleteRule", `arn:aws:events:us-east-1:${account.id}:rule/account-guardduty-finding`],
      ["events:PutTargets", `arn:aws:events:us-east-1:${account.id}:rule/account-root-used`],
      ["cloudwatch:DeleteAlarms", `arn:aws:cloudwatch:us-east-1:${account.id}:alarm:account-iam-changes`],
      ["cloudwatch:DisableAlarmActions", `arn:aws:cloudwatch:us-east-1:${account.id}:alarm:account-root-user`],
      ["cloudwatch:PutMetricAlarm", `arn:aws:cloudwatch:us-east-1:${account.id}:alarm:account-root-user`],
      ["logs:DeleteMetricFilter", `arn:aws:logs:us-east-1:${account.id}:log-group:/audit/cloudtrail/account`],
      ["logs:PutMetricFilter", `arn:aws:logs:us-east-1:${account.id}:log-group:/audit/cloudtrail/account`],
      ["logs:DeleteLogGroup", `arn:aws:logs:us-east-1:${account.id}:log-group:/audit/cloudtrail/account`],
      ["sns:Unsubscribe", `arn:aws:sns:us-east-1:${account.id}:account-alerts`],
      ["iam:PutRolePolicy", `arn:aws:iam::${account.id}:role/account-cloudtrail`],
    ] as const;
    const bounded = { "iam:PermissionsBoundary": `arn:aws:iam::${account.id}:policy/delivery-workloads-boundary` };
    for (const role of roles) {
      const granted = never.filter(([action, resource]) => planned().may(role, action, resource, bounded));
      expect([role, granted]).toEqual([role, []]);
    }
  });

  test("lets the account's plan read what it is compared with", () => {
    for (const role of ["delivery-plan", "delivery-pull-request"]) {
      for (const action of [
        "cloudtrail:GetTrail",
        "cloudtrail:GetTrailStatus",
        "config:DescribeDeliveryChannels",
        "guardduty:GetDetector",
      ]) {
        expect([role, action, planned().may(role, action, "*")]).toEqual([role, action, true]);
      }
    }
  });
}
