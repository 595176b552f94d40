/** The proofs of a recovery: the age of copied backups, restores of them, and the bucket of their records. */
import { z } from "zod";
import { EvidenceBucket } from "../../modules/evidence-bucket";
import { RdsBackupLag } from "../../modules/rds-backup-lag";
import { RdsRestoreTest } from "../../modules/rds-restore-test";
import { failure, newRoot } from "../lib/generator/support";
import { describePlan } from "../support/planned";

const base = {
  accountId: "111122223333",
  region: "eu-west-1",
  kmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/1",
  topicArn: "arn:aws:sns:eu-west-1:111122223333:alerts",
  deadLetterArn: "arn:aws:sqs:eu-west-1:111122223333:dead-letters",
  logRetentionDays: 90,
  automatedBackupsArn: "arn:aws:rds:eu-west-1:111122223333:auto-backup:ab-1",
} as const;
const lag = { ...base, name: "shop-backup-lag", maxLagSeconds: 900 };
const restore = {
  ...base,
  name: "shop-restore-test",
  schedule: "cron(0 9 1 1,4,7,10 ? *)",
  backupsKmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/2",
  engineVersion: "16",
  instanceClass: "db.m7g.large",
  subnetIds: ["subnet-1", "subnet-2"],
  securityGroupId: "sg-1",
  maxRestoreSeconds: 8100,
  evidenceBucket: "shop-evidence",
  evidenceKmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/3",
};

const STATE = z.looseObject({
  Type: z.string(),
  Next: z.string().optional(),
  Default: z.string().optional(),
  Choices: z.array(z.looseObject({ Next: z.string() })).default([]),
  Catch: z.array(z.object({ Next: z.string() })).default([]),
});
const MACHINE = z.object({ StartAt: z.string(), States: z.record(z.string(), STATE) });

describePlan(
  "proofs of a recovery",
  (root) => {
    new RdsBackupLag(root, "lag", lag);
    new RdsRestoreTest(root, "restore", restore);
    new EvidenceBucket(root, "evidence", {
      name: "shop-evidence",
      kmsKeyArn: restore.evidenceKmsKeyArn,
      accessLogBucket: "shop-access-logs",
      retentionDays: 1096,
    });
  },
  (plan) => {
    const machine = (module: string) =>
      MACHINE.parse(plan().document(`module.${module}.aws_sfn_state_machine.this`, "definition"));

    test("the age of the newest restorable point is measured every five minutes, and alarms above the objective", () => {
      expect(plan().values("module.lag.aws_scheduler_schedule.this")).toMatchObject({
        schedule_expression: "cron(0/5 * * * ? *)",
      });
      const { ReadBackups, WriteMetric } = machine("lag").States;
      expect(ReadBackups).toMatchObject({
        Arguments: { DbInstanceAutomatedBackupsArn: base.automatedBackupsArn },
        Assign: { lag: expect.stringContaining("RestoreWindow.LatestTime") },
      });
      expect(WriteMetric).toMatchObject({
        Arguments: { Namespace: "shop-backup-lag", MetricData: [{ MetricName: "BackupLag", Value: "{% $lag %}" }] },
      });
      expect(plan().values("module.lag.aws_cloudwatch_metric_alarm.lag")).toMatchObject({
        ...{ namespace: "shop-backup-lag", metric_name: "BackupLag", statistic: "Maximum" },
        ...{ threshold: 900, comparison_operator: "GreaterThanThreshold", period: 300 },
        alarm_actions: [base.topicArn],
      });
    });

    test("an age that nobody measures is an alarm as well, and metrics of other namespaces are out of reach", () => {
      expect(plan().values("module.lag.aws_cloudwatch_metric_alarm.lag").treat_missing_data).toBe("breaching");
      expect(plan().statements("module.lag.aws_iam_role_policy.this").WriteMetric).toMatchObject({
        Condition: { StringEquals: { "cloudwatch:namespace": "shop-backup-lag" } },
      });
    });

    test("a test restores the latest point of the copies to an instance that nothing can connect to", () => {
      expect(machine("restore").States.RestoreInstance).toMatchObject({
        Resource: "arn:aws:states:::aws-sdk:rds:restoreDBInstanceToPointInTime",
        Arguments: {
          SourceDBInstanceAutomatedBackupsArn: base.automatedBackupsArn,
          TargetDBInstanceIdentifier: "shop-restore-test",
          UseLatestRestorableTime: true,
          DbInstanceClass: "db.m7g.large",
          DbSubnetGroupName: "shop-restore-test",
          VpcSecurityGroupIds: ["sg-1"],
          PubliclyAccessible: false,
        },
      });
    });

    test.each(["WriteRecord", "DeleteInstance"])("every execution comes to %s, also after a failure", (barrier) => {
      const { StartAt, States } = machine("restore");
      const reached = new Set<string>();
      const open = [StartAt];
      for (let name = open.pop(); name !== undefined; name = open.pop()) {
        const state = States[name];
        if (state === undefined) throw new Error(`${name} is no state`);
        if (reached.has(name) || name === barrier) continue;
        reached.add(name);
        const nexts = [state.Next, state.Default, ...state.Choices.map(({ Next }) => Next)];
        open.push(...[...nexts, ...state.Catch.map(({ Next }) => Next)].filter((next) => next !== undefined));
      }
      expect(reached.size).toBeGreaterThan(3);
      expect(["Conclude", "Failed", "Succeeded"].filter((end) => reached.has(end))).toEqual([]);
    });

    test("a restore that takes longer than the plan assumes fails the test, and its record says so", () => {
      const { Start, Judge, WriteRecord } = machine("restore").States;
      expect(Start).toMatchObject({ Assign: { failed: false, maxSeconds: 8100 } });
      expect(Judge).toMatchObject({
        Choices: [{ Condition: "{% $seconds > $maxSeconds %}", Assign: { failed: true }, Next: "WriteRecord" }],
      });
      expect(WriteRecord).toMatchObject({
        Arguments: {
          Bucket: "shop-evidence",
          ChecksumAlgorithm: "SHA256",
          Body: { passed: "{% $not($failed) %}", seconds: "{% $seconds %}", maxSeconds: "{% $maxSeconds %}" },
        },
      });
    });

    test("the role restores these backups alone, and deletes no other instance", () => {
      const { RestoreBackups, AwaitAndDeleteInstance, WriteRecord } = plan().statements(
        "module.restore.aws_iam_role_policy.this",
      );
      expect(RestoreBackups?.Resource).toContain(base.automatedBackupsArn);
      expect(AwaitAndDeleteInstance?.Resource).toBe("arn:aws:rds:eu-west-1:111122223333:db:shop-restore-test");
      expect(WriteRecord?.Resource).toBe("arn:aws:s3:::shop-evidence/restore-tests/*");
    });

    test("evidence is locked for three years, and nobody may unlock it", () => {
      expect(plan().values("module.evidence.aws_s3_bucket_object_lock_configuration.this")).toMatchObject({
        rule: [{ default_retention: [{ mode: "GOVERNANCE", days: 1096 }] }],
      });
      expect(plan().statements("module.evidence.aws_s3_bucket_policy.this").DenyUnlocking).toMatchObject({
        Effect: "Deny",
        Action: "s3:BypassGovernanceRetention",
      });
    });
  },
);

test("an objective below the interval of RDS is refused", () => {
  expect(failure(() => new RdsBackupLag(newRoot(), "lag", { ...lag, maxLagSeconds: 300 })).message).toContain(
    "maxLagSeconds: got 300; allowed: an integer, at least 600, at most 86400",
  );
});
