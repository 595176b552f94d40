import { rollbackDatabase } from "../../../../lib/pipeline/service/rollback-database";
import { rollbackService } from "../../../../lib/pipeline/service/rollback-service";
import type { AwsServer } from "../../../support/aws-server";
import { awsForEachTest, writesTo } from "./aws";
import { digest, failureMessage, fakeWork } from "./fake-work";

jest.setTimeout(30_000);

let aws: AwsServer;
awsForEachTest((server) => {
  aws = server;
});

describe("rollback of a service", () => {
  const place = { cluster: "shop", service: "api" };
  beforeEach(() => {
    aws.revision(4, digest("4"));
    aws.revision(5, digest("5"), {
      registeredAt: 1_769_860_800,
      registeredBy: "arn:aws:iam::111122223333:role/deploy",
    });
    aws.revision(6, digest("6"), { status: "INACTIVE" });
    aws.revision(7, "shop/api:initial");
    aws.runs(aws.revision(8, digest("8")));
    aws.revision(9, digest("9"));
  });

  test("deploys the last active revision before it that a pipeline registered, and reports the skipped ones", async () => {
    aws.rollouts = [["IN_PROGRESS", "COMPLETED"]];
    const work = fakeWork();
    await rollbackService(place, work);
    expect(aws.input("ecs:UpdateService")).toEqual({ ...place, taskDefinition: expect.stringMatching(/shop-api:5$/) });
    expect(work.lines).toEqual([
      "skipped: shop-api:7, which has no image by digest, so no pipeline deployed it",
      `from: shop-api:8: ${digest("8")}`,
      `to: shop-api:5, of 2026-01-31T12:00:00.000Z by deploy: ${digest("5")}`,
      "shop-api:5: 2 of 2 tasks run, 0 failed",
      "shop/api runs shop-api:5",
    ]);
  });

  test("goes to the revision that is named", async () => {
    await rollbackService({ ...place, to: 4 }, fakeWork());
    expect(aws.input("ecs:UpdateService")).toMatchObject({ taskDefinition: expect.stringMatching(/shop-api:4$/) });
  });

  test("deploys the running revision during a deployment", async () => {
    aws.service.deployments.unshift({
      ...aws.service.deployments[0],
      id: "ecs-svc/on-its-way",
      taskDefinition: "arn:aws:ecs:eu-central-1:111122223333:task-definition/shop-api:9",
      rolloutState: "IN_PROGRESS",
    });
    Object.assign(aws.service.deployments[1] ?? {}, { status: "ACTIVE" });
    const work = fakeWork();
    await rollbackService(place, work);
    expect(work.lines.slice(0, 2)).toEqual([`from: shop-api:9: ${digest("9")}`, `to: shop-api:8: ${digest("8")}`]);
  });

  test("uses CodeDeploy if CodeDeploy deploys the service, whatever alarm the previous deployment has set off", async () => {
    aws.runsByCodeDeploy("arn:aws:ecs:eu-central-1:111122223333:task-definition/shop-api:8");
    const group = { appspec: '{"a":"<TASK_DEFINITION>"}', application: "shop", deploymentGroup: "shop" };
    await rollbackService({ ...place, ...group }, fakeWork());
    expect(aws.input("codedeploy:CreateDeployment")).toMatchObject({
      revision: { appSpecContent: { content: expect.stringContaining("shop-api:5") } },
      overrideAlarmConfiguration: { enabled: false },
    });
  });

  test("that exceeds the timeout is not rolled forward", async () => {
    aws.rollouts = [["IN_PROGRESS"]];
    expect(await failureMessage(rollbackService(place, fakeWork(3)))).toBe(
      "shop/api: shop-api:5 did not finish within 3 minutes\nit is not rolled back, and ECS continues it",
    );
    expect(writesTo(aws)).toEqual(["ecs:UpdateService"]);
  });

  test.each([
    [8, "--to\n  got shop-api:8, which shop/api already runs; allowed: another revision"],
    [6, "shop-api:6 is INACTIVE; allowed: a revision that is ACTIVE"],
    [99, "ecs:DescribeTaskDefinition of shop-api:99 failed: ClientException: Unable to describe task definition."],
  ])("to %i is refused", async (to, message) => {
    expect(await failureMessage(rollbackService({ ...place, to }, fakeWork()))).toBe(message);
    expect(writesTo(aws)).toEqual([]);
  });

  test("without an earlier one is refused", async () => {
    for (const number of [4, 5, 6, 7]) aws.revisions.delete(number);
    expect(await failureMessage(rollbackService(place, fakeWork()))).toBe(
      "no active revision before shop-api:8 was deployed by a pipeline; name one: --to <number>",
    );
  });

  test("as a dry run prints the call, and only reads", async () => {
    const work = fakeWork();
    await rollbackService({ ...place, dryRun: true }, work);
    expect(writesTo(aws)).toEqual([]);
    expect(work.lines.slice(-2)).toEqual([
      'would call ecs:UpdateService: {"cluster":"shop","service":"api","taskDefinition":"arn:aws:ecs:eu-central-1:111122223333:task-definition/shop-api:5"}',
      "dry run: nothing was changed",
    ]);
  });
});

describe("rollback of a database", () => {
  const request = { database: "shop", to: "shop-restored", at: new Date("2026-01-30T00:00:00Z") };
  beforeEach(() => {
    aws.instances.set("shop", {
      DBInstanceIdentifier: "shop",
      DbiResourceId: "db-1",
      DBInstanceStatus: "available",
      DBInstanceClass: "db.t4g.small",
      MultiAZ: true,
      PubliclyAccessible: true,
      DeletionProtection: false,
      StorageEncrypted: true,
      KmsKeyId: "arn:aws:kms:eu-central-1:111122223333:key/data",
      MasterUserSecret: { SecretArn: "arn:secret", KmsKeyId: "arn:aws:kms:eu-central-1:111122223333:key/secret" },
      LatestRestorableTime: "2026-01-31T11:55:00Z",
      DBSubnetGroup: { DBSubnetGroupName: "shop-data" },
      VpcSecurityGroups: [{ VpcSecurityGroupId: "sg-1" }, { VpcSecurityGroupId: "sg-2" }],
      DBParameterGroups: [{ DBParameterGroupName: "shop-1" }],
      PreferredMaintenanceWindow: "sun:08:00-sun:09:00",
      MonitoringInterval: 60,
      MonitoringRoleArn: "arn:aws:iam::111122223333:role/shop-rds-monitoring",
      PerformanceInsightsEnabled: true,
      PerformanceInsightsKMSKeyId: "arn:aws:kms:eu-central-1:111122223333:key/data",
      PerformanceInsightsRetentionPeriod: 465,
      DatabaseInsightsMode: "advanced",
      StorageType: "gp3",
      AllocatedStorage: 400,
      Iops: 13000,
      StorageThroughput: 600,
      TagList: [
        { Key: "App", Value: "shop" },
        { Key: "aws:cloudformation:stack-name", Value: "x" },
      ],
    });
  });

  test("restores a private instance beside the source, and then applies the settings that a restore does not accept", async () => {
    aws.creations = ["creating", "backing-up", "available"];
    const work = fakeWork(240);
    await rollbackDatabase(request, work);
    expect(writesTo(aws)).toEqual(["rds:RestoreDBInstanceToPointInTime", "rds:ModifyDBInstance"]);
    expect(aws.input("rds:RestoreDBInstanceToPointInTime")).toEqual({
      SourceDBInstanceIdentifier: "shop",
      TargetDBInstanceIdentifier: "shop-restored",
      RestoreTime: "2026-01-30T00:00:00Z",
      DBInstanceClass: "db.t4g.small",
      MultiAZ: "true",
      PubliclyAccessible: "false",
      DeletionProtection: "true",
      DBSubnetGroupName: "shop-data",
      "VpcSecurityGroupIds.VpcSecurityGroupId.1": "sg-1",
      "VpcSecurityGroupIds.VpcSecurityGroupId.2": "sg-2",
      DBParameterGroupName: "shop-1",
      StorageType: "gp3",
      Iops: "13000",
      StorageThroughput: "600",
      "Tags.Tag.1.Key": "App",
      "Tags.Tag.1.Value": "shop",
    });
    expect(aws.input("rds:ModifyDBInstance")).toEqual({
      DBInstanceIdentifier: "shop-restored",
      ManageMasterUserPassword: "true",
      MasterUserSecretKmsKeyId: "arn:aws:kms:eu-central-1:111122223333:key/secret",
      PreferredMaintenanceWindow: "sun:08:00-sun:09:00",
      MonitoringInterval: "60",
      MonitoringRoleArn: "arn:aws:iam::111122223333:role/shop-rds-monitoring",
      EnablePerformanceInsights: "true",
      PerformanceInsightsKMSKeyId: "arn:aws:kms:eu-central-1:111122223333:key/data",
      PerformanceInsightsRetentionPeriod: "465",
      DatabaseInsightsMode: "advanced",
      ApplyImmediately: "true",
    });
    expect(work.lines.slice(0, 5)).toEqual([
      "shop is not changed; shop-restored will have its data of 2026-01-30T00:00:00.000Z, encrypted with arn:aws:kms:eu-central-1:111122223333:key/data",
      "shop-restored: creating",
      "shop-restored: backing-up",
      "shop-restored: available",
      "shop-restored: available",
    ]);
    expect(work.lines.slice(5)).toEqual([
      "shop-restored is available at shop-restored.example:5432; its master user is in arn:aws:secretsmanager:::secret:shop-restored",
      "next steps:",
      expect.stringMatching(/^ {2}1\. Look at the data in shop-restored\./),
      expect.stringMatching(/^ {2}2\. /),
      expect.stringMatching(/^ {2}3\. /),
      expect.stringMatching(/^ {2}4\. /),
    ]);
  });

  test.each([
    ["2026-01-31T11:55:01Z", "got 2026-01-31T11:55:01.000Z"],
    ["2025-12-31T23:59:59Z", "got 2025-12-31T23:59:59.000Z"],
  ])("to %s is outside of what can be restored", async (time, got) => {
    expect(await failureMessage(rollbackDatabase({ ...request, at: new Date(time) }, fakeWork()))).toBe(
      `--at\n  ${got}; allowed: from 2026-01-01T00:00:00.000Z to 2026-01-31T11:55:00.000Z`,
    );
    expect(writesTo(aws)).toEqual([]);
  });

  test.each(["shop", "there"])("into the existing instance %s is refused", async (to) => {
    aws.instances.set("there", { DBInstanceIdentifier: "there" });
    expect(await failureMessage(rollbackDatabase({ ...request, to }, fakeWork()))).toBe(
      `--to\n  got ${to}, which exists; allowed: the identifier of a new instance`,
    );
    expect(writesTo(aws)).toEqual([]);
  });

  test.each([
    [["creating"], "is not ready after 3 minutes"],
    [["creating", "incompatible-restore"], "is incompatible-restore"],
  ])("that ends as %j says so, and what is left to do", async (creations, told) => {
    aws.creations = creations;
    const message = await failureMessage(rollbackDatabase(request, fakeWork(3)));
    const [first, command = ""] = message.split(". Once it is available: ");
    expect(first).toBe(`shop-restored ${told}\nRDS continues to restore shop-restored`);
    const [, settings = ""] = /^aws rds modify-db-instance --cli-input-json '(\{.*\})'$/.exec(command) ?? [];
    expect(JSON.parse(settings)).toMatchObject({
      DBInstanceIdentifier: "shop-restored",
      ManageMasterUserPassword: true,
      EnablePerformanceInsights: true,
      ApplyImmediately: true,
    });
    expect(writesTo(aws)).toEqual(["rds:RestoreDBInstanceToPointInTime"]);
  });

  test("as a dry run prints the calls, and only reads", async () => {
    const work = fakeWork();
    await rollbackDatabase({ ...request, dryRun: true }, work);
    expect(writesTo(aws)).toEqual([]);
    expect(work.lines).toEqual([
      expect.stringMatching(/^shop is not changed; /),
      expect.stringMatching(/^would call rds:RestoreDBInstanceToPointInTime: \{.*"PubliclyAccessible":false/),
      expect.stringMatching(
        /^would call rds:ModifyDBInstance once it is available: \{.*"ManageMasterUserPassword":true/,
      ),
      "dry run: nothing was changed",
    ]);
  });
});
