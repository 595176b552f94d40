/** Recording and detection of an account, applied to a mock of AWS that refuses a wrong order. */
import type { Decision } from "../../lib/judgement/gate";
import { Cloudtrail } from "../../modules/cloudtrail";
import { ConfigAccount } from "../../modules/config-account";
import { ConfigRecorder } from "../../modules/config-recorder";
import { ConfigRemediationRoles } from "../../modules/config-remediation-roles";
import { ConfigRules } from "../../modules/config-rules";
import { RULE_IDS } from "../../modules/config-rules/rules";
import { Guardduty } from "../../modules/guardduty";
import { Kms } from "../../modules/kms";
import { S3AccessLogs } from "../../modules/s3-access-logs";
import { SecurityHub } from "../../modules/security-hub";
import { newRoot } from "../lib/generator/support";
import { callJson, callRest } from "../support/cloud/call";
import { describeWithCloudNightly } from "../support/cloud/needed";
import { type Cloud, withCloud } from "../support/cloud/server";
import { StandingRoot } from "../support/cloud/standing";
import { lift, protectedResources } from "./protection";

const REGION = "us-east-1";

/** @param organization whether the account administers the hubs of its organization */
function detectors(organization: boolean) {
  const root = newRoot({ region: REGION });
  const { accountId } = root.props;
  const key = new Kms(root, "key", {
    accountId,
    region: REGION,
    name: "records",
    description: "Records",
    services: ["cloudtrail", "config", "logs"],
  });
  const logs = new S3AccessLogs(root, "access_logs", { accountId, name: "shop-access-logs", retentionDays: 30 });
  const place = { accountId, kmsKeyArn: key.arn, accessLogBucket: logs.name };
  const alertTopicArn = `arn:aws:sns:${REGION}:${accountId}:alerts`;
  new Cloudtrail(root, "trail", {
    ...place,
    name: "shop",
    region: REGION,
    bucketName: "shop-cloudtrail",
    retentionDays: 365,
    logRetentionDays: 365,
    pipelineRolePrefix: "delivery",
    alertTopicArn,
  });
  const { roleArn, bucketName } = new ConfigAccount(root, "config", { ...place, bucketName: "shop-config" });
  const { recorderName } = new ConfigRecorder(root, "recorder", {
    roleArn,
    bucketName,
    kmsKeyArn: key.arn,
    globalResources: true,
    excludedTypes: ["AWS::Config::ResourceCompliance"],
    otherFrequencyTypes: ["AWS::EC2::NetworkInterface"],
  });
  const { roleArns } = new ConfigRemediationRoles(root, "remediation_roles", { name: "account", accountId });
  new ConfigRules(root, "rules", { name: "account", recorderName, rules: RULE_IDS, remediationRoleArns: roleArns });
  new SecurityHub(root, "hub", {
    region: REGION,
    aggregatedRegions: ["eu-west-1"],
    members: { dev: "444455556666" },
    disabledFsbpControls: { "Macie.1": "No bucket holds personal data" },
    organization,
  });
  new Guardduty(root, "threats", { name: "shop", alertTopicArn });
  return root;
}

/** The management account of an organization delegates to the account. */
async function delegate(cloud: Cloud): Promise<void> {
  const organizations = { service: "organizations", region: REGION };
  await callJson(cloud, organizations, "AWSOrganizationsV20161128.CreateOrganization", { FeatureSet: "ALL" });
  const hub = { service: "securityhub", region: REGION };
  await callRest(cloud, hub, "/organization/admin/enable", { AdminAccountId: cloud.account });
}

describeWithCloudNightly("trail, recorder, detector, rules and hub", () => {
  let applied: Decision;
  let delegated: Decision;

  beforeAll(async () => {
    const root = detectors(false);
    await withCloud(root.props.accountId, [root], (cloud) =>
      StandingRoot.in(cloud, root, async (standing) => {
        await standing.apply();
        applied = standing.gate(await standing.plan());
        await delegate(cloud);
        await standing.become(detectors(true));
        delegated = standing.gate(await standing.plan());
        await standing.become(root);
        lift(standing, protectedResources(standing));
        await standing.apply();
        await standing.destroy();
      }),
    );
  }, 600_000);

  test("are made and destroyed in orders that AWS takes, and a second plan changes nothing", () => {
    const { isEmpty, changes, drift, unmanaged } = applied;
    expect({ isEmpty, changes, drift, unmanaged }).toEqual({ isEmpty: true, changes: [], drift: [], unmanaged: [] });
  });

  test("an administrator by invitation becomes that of the organization, and nothing is replaced", () => {
    expect(delegated.changes.map(({ action, address }) => `${action} ${address}`)).toEqual([
      "create module.hub.aws_securityhub_organization_configuration.this[0]",
    ]);
    expect(delegated.refused).toEqual([]);
  });
});
