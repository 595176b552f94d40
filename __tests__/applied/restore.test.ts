/** A database that `groundplan rollback` restores to a second instance on the mock of AWS. */
import { CreateDBInstanceCommand, type DBInstance, RDSClient } from "@aws-sdk/client-rds";
import { z } from "zod";
import { readDatabase } from "../../lib/pipeline/service/database";
import { rollbackDatabase } from "../../lib/pipeline/service/rollback-database";
import { fakeWork } from "../lib/pipeline/service/fake-work";
import { callJson, callQuery } from "../support/cloud/call";
import { describeWithCloud } from "../support/cloud/needed";
import { type Cloud, withCloud } from "../support/cloud/server";

const ACCOUNT = "111122223333";
const REGION = "eu-central-1";

/** Attributes of an instance of its own; all others equal those of the source. */
const OWN = [
  "$metadata",
  "DBInstanceArn",
  "DBInstanceIdentifier",
  "DbiResourceId",
  "Endpoint",
  "InstanceCreateTime",
  "LatestRestorableTime",
  "MasterUserSecret",
  "EnhancedMonitoringResourceArn",
];

const settings = (instance: DBInstance) =>
  Object.fromEntries(Object.entries(instance).filter(([name]) => !OWN.includes(name)));

describeWithCloud("a database that is restored beside itself", () => {
  const before = { ...process.env };
  afterEach(() => {
    process.env = { ...before };
  });

  test("has every setting of its source", async () => {
    await withCloud(ACCOUNT, [], async (cloud) => {
      Object.assign(process.env, cloud.environment, { AWS_REGION: REGION });
      const rds = new RDSClient();
      await makeDatabase(rds, cloud);
      await rollbackDatabase({ database: "shop", to: "shop-restored", at: new Date() }, fakeWork());
      const [source, restored] = [await readDatabase(rds, "shop"), await readDatabase(rds, "shop-restored")];
      expect(settings(restored)).toEqual(settings(source));
      expect(restored.MasterUserSecret?.KmsKeyId).toBe(source.MasterUserSecret?.KmsKeyId);
    });
  }, 60_000);
});

/** No setting has its default value. */
async function makeDatabase(rds: RDSClient, cloud: Cloud): Promise<void> {
  const iam = (form: Readonly<Record<string, string>>) =>
    callQuery(
      cloud,
      { service: "iam", region: "us-east-1" },
      { Version: "2010-05-08", RoleName: "monitoring", ...form },
    );
  const trust = { Effect: "Allow", Principal: { Service: "monitoring.rds.amazonaws.com" }, Action: "sts:AssumeRole" };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [trust] });
  await iam({ Action: "CreateRole", AssumeRolePolicyDocument });
  await iam({
    Action: "AttachRolePolicy",
    PolicyArn: "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole",
  });
  const made = await callJson(cloud, { service: "kms", region: REGION }, "TrentService.CreateKey", {});
  const key = z.object({ KeyMetadata: z.object({ Arn: z.string() }) }).parse(JSON.parse(made)).KeyMetadata.Arn;
  await rds.send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier: "shop",
      DBName: "shop",
      Engine: "postgres",
      EngineLifecycleSupport: "open-source-rds-extended-support-disabled",
      DBInstanceClass: "db.t4g.small",
      MultiAZ: true,
      MasterUsername: "dbadmin",
      ManageMasterUserPassword: true,
      MasterUserSecretKmsKeyId: key,
      EnableIAMDatabaseAuthentication: true,
      PubliclyAccessible: false,
      StorageType: "gp3",
      StorageEncrypted: true,
      KmsKeyId: key,
      AllocatedStorage: 20,
      MaxAllocatedStorage: 100,
      BackupRetentionPeriod: 14,
      PreferredBackupWindow: "07:00-07:30",
      PreferredMaintenanceWindow: "sun:08:00-sun:09:00",
      CopyTagsToSnapshot: true,
      DeletionProtection: true,
      EnableCloudwatchLogsExports: ["postgresql", "upgrade"],
      EnablePerformanceInsights: true,
      PerformanceInsightsKMSKeyId: key,
      PerformanceInsightsRetentionPeriod: 465,
      DatabaseInsightsMode: "advanced",
      MonitoringInterval: 60,
      MonitoringRoleArn: `arn:aws:iam::${ACCOUNT}:role/monitoring`,
      CACertificateIdentifier: "rds-ca-rsa2048-g1",
      Tags: [{ Key: "App", Value: "shop" }],
    }),
  );
}
