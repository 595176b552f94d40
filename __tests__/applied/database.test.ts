/** The module rds on the mock of AWS: parameters of every version, lives of an instance, and a restore from backups. */
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { readPlan } from "../../lib/terraform";
import { callJson } from "../support/cloud/call";
import { describeWithCloud } from "../support/cloud/needed";
import { type Cloud, withCloud } from "../support/cloud/server";
import { StandingRoot } from "../support/cloud/standing";
import { ACCOUNT, databases, REGION, rds } from "./databases";
import { lift, protectedResources } from "./protection";

const VERSIONS = ["13", "14", "15", "16", "17"];

describeWithCloud("parameter groups", () => {
  test("are made for each version, and a second plan changes none of them", async () => {
    const root = databases(
      Object.fromEntries(VERSIONS.map((engineVersion) => [`on_${engineVersion}`, { engineVersion }])),
    );
    const targets = VERSIONS.map((version) => `-target=module.on_${version}.aws_db_parameter_group.this`);
    const second = await withCloud(ACCOUNT, [root], (cloud) =>
      StandingRoot.in(cloud, root, async (standing) => {
        await standing.terraform("apply", "-auto-approve", "-no-color", ...targets);
        return standing.terraform("plan", "-no-color", ...targets);
      }),
    );
    expect(second).toContain("No changes.");
  }, 240_000);
});

// These tests wait for instances: only the nightly run includes them.
if (process.env.APPLIED_ROOTS === "all") {
  describeWithCloud("a database that is made and destroyed twice", () => {
    test("leaves a final snapshot of each life", async () => {
      const root = databases({ database: {} });
      const snapshots = await withCloud(ACCOUNT, [root], (cloud) =>
        StandingRoot.in(cloud, root, async (standing) => {
          lift(standing, protectedResources(standing));
          for (const _life of ["first", "second"]) {
            await standing.apply();
            expect(standing.gate(await standing.plan()).changes).toEqual([]);
            await standing.destroy();
          }
          return rds(cloud, "DBSnapshotIdentifier", { Action: "DescribeDBSnapshots", SnapshotType: "manual" });
        }),
      );
      expect(snapshots).toHaveLength(2);
      for (const name of snapshots) expect(name).toMatch(/^shop-database-final-[0-9a-f-]{36}$/);
    }, 900_000);
  });

  describeWithCloud("a database that is restored", () => {
    test("has all its settings after the second apply, and keeps them", async () => {
      const root = databases({ restored: { backupsArn: LATER } });
      await withCloud(ACCOUNT, [root], (cloud) =>
        StandingRoot.in(cloud, root, async (standing) => {
          await standing.terraform("apply", "-auto-approve", "-no-color", "-target=module.key");
          const backupsArn = await replicatedBackups(cloud, await onlyKey(cloud));
          const main = `${root.address}/main.tf.json`;
          standing.write(main, standing.read(main).replace(LATER, backupsArn));
          await standing.apply();
          const second = await standing.plan();
          expect(standing.gate(second).refused).toEqual([]);
          expect(changedIn(second)).toEqual({
            [DATABASE]: [
              "backup_retention_period",
              "backup_window",
              "ca_cert_identifier",
              "maintenance_window",
              "performance_insights_enabled",
              "performance_insights_kms_key_id",
              "performance_insights_retention_period",
            ],
          });
          await standing.applyPlan();
          expect(standing.gate(await standing.plan()).isEmpty).toBe(true);
        }),
      );
    }, 900_000);
  });
}

const KEYS = z.object({ Keys: z.tuple([z.object({ KeyArn: z.string() })]) });

async function onlyKey(cloud: Cloud): Promise<string> {
  const place = { service: "kms", region: REGION };
  return KEYS.parse(JSON.parse(await callJson(cloud, place, "TrentService.ListKeys", {}))).Keys[0].KeyArn;
}

/** Backups of an instance of another root, encrypted with the key of this one. Returns their ARN. */
async function replicatedBackups(cloud: Cloud, key: string): Promise<string> {
  const settings = { DBInstanceClass: "db.t4g.small", Engine: "postgres", EngineVersion: "15", DBName: "shop" };
  const storage = { AllocatedStorage: "20", StorageType: "gp3", StorageEncrypted: "true", KmsKeyId: key };
  const [source = ""] = await rds(cloud, "DBInstanceArn", {
    Action: "CreateDBInstance",
    DBInstanceIdentifier: "source",
    MasterUsername: "dbadmin",
    ManageMasterUserPassword: "true",
    BackupRetentionPeriod: "35",
    ...settings,
    ...storage,
  });
  const [arn = ""] = await rds(cloud, "DBInstanceAutomatedBackupsArn", {
    Action: "StartDBInstanceAutomatedBackupsReplication",
    SourceDBInstanceArn: source,
    KmsKeyId: key,
  });
  return arn;
}

/** Value in the source until the backups exist. */
const LATER = `arn:aws:rds:${REGION}:${ACCOUNT}:auto-backup:ab-later`;

const DATABASE = "module.restored.aws_db_instance.this";

/** Arguments that a plan changes, by address. */
function changedIn(plan: string): Readonly<Record<string, readonly string[]>> {
  const changed = readPlan("restored", plan).resource_changes.filter(({ change }) => change.actions[0] === "update");
  return Object.fromEntries(
    changed.map(({ address, change: { before, after } }) => [
      address,
      Object.keys(after ?? {}).filter((name) => !isDeepStrictEqual(before?.[name], after?.[name])),
    ]),
  );
}
