import { RdsBackupReplication } from "../../modules/rds-backup-replication";
import { failure, newRoot } from "../lib/generator/support";
import { describePlan } from "../support/planned";

const kmsKeyArn = "arn:aws:kms:us-west-2:111122223333:key/1";
const base = { sourceName: "shop", sourceRegion: "us-east-1", accountId: "111122223333", kmsKeyArn } as const;

describePlan(
  "copied backups",
  (root) => {
    const { automatedBackupsArn } = new RdsBackupReplication(root, "backups", { ...base, retentionDays: 14 });
    root.output("backups_arn", automatedBackupsArn, "What a restore needs.");
  },
  (plan) => {
    test("belong to the named instance, with the given retention and key", () => {
      expect(plan().values("module.backups.aws_db_instance_automated_backups_replication.this")).toMatchObject({
        source_db_instance_arn: "arn:aws:rds:us-east-1:111122223333:db:shop",
        retention_period: 14,
        kms_key_id: kmsKeyArn,
      });
    });
  },
);

test.each([6, 36])("cannot be kept for %d days", (retentionDays) => {
  expect(failure(() => new RdsBackupReplication(newRoot(), "backups", { ...base, retentionDays })).message).toMatch(
    `retentionDays: got ${retentionDays}; allowed: an integer, at least 7, at most 35`,
  );
});

test("accept no alias, because the provider reads back the key", () => {
  const alias = "arn:aws:kms:us-west-2:111122223333:alias/shop-data";
  const message = failure(
    () => new RdsBackupReplication(newRoot(), "backups", { ...base, retentionDays: 7, kmsKeyArn: alias }),
  ).message;
  expect(message).toMatch(`kmsKeyArn: got "${alias}"; allowed: the ARN of the key and not of an alias`);
});
