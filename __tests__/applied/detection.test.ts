/** Recording and detection of an account, applied to a mock of AWS that refuses a wrong order. */
import { Cloudtrail } from "../../modules/cloudtrail";
import { ConfigAccount } from "../../modules/config-account";
import { ConfigRecorder } from "../../modules/config-recorder";
import { Guardduty } from "../../modules/guardduty";
import { Kms } from "../../modules/kms";
import { S3AccessLogs } from "../../modules/s3-access-logs";
import { newRoot } from "../lib/generator/support";
import { describeWithCloud } from "../support/cloud/needed";
import { withCloud } from "../support/cloud/server";
import { StandingRoot } from "../support/cloud/standing";
import { lift, protectedResources } from "./protection";

const REGION = "us-east-1";

function detectors() {
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
  new ConfigRecorder(root, "recorder", { roleArn, bucketName, kmsKeyArn: key.arn, globalResources: true });
  new Guardduty(root, "threats", { name: "shop", alertTopicArn });
  return root;
}

describeWithCloud("trail, recorder and detector", () => {
  test("are made and destroyed in orders that AWS takes, and a second plan changes nothing", async () => {
    const root = detectors();
    const decision = await withCloud(root.props.accountId, [root], (cloud) =>
      StandingRoot.in(cloud, root, async (standing) => {
        await standing.apply();
        const decided = standing.gate(await standing.plan());
        lift(standing, protectedResources(standing));
        await standing.apply();
        await standing.destroy();
        return decided;
      }),
    );
    const { isEmpty, changes, drift, unmanaged } = decision;
    expect({ isEmpty, changes, drift, unmanaged }).toEqual({ isEmpty: true, changes: [], drift: [], unmanaged: [] });
  }, 600_000);
});
