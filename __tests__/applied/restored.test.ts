/** A database of the module rds that begins with the backups of another one, on the mock of AWS. */
import { z } from "zod";
import { callJson } from "../support/cloud/call";
import { describeWithCloud } from "../support/cloud/needed";
import { type Cloud, withCloud } from "../support/cloud/server";
import { StandingRoot } from "../support/cloud/standing";
import { ACCOUNT, databases, REGION, rds } from "./databases";

const KEYS = z.object({ Keys: z.tuple([z.object({ KeyArn: z.string() })]) });

async function onlyKey(cloud: Cloud): Promise<string> {
  const place = { service: "kms", region: REGION };
  return KEYS.parse(JSON.parse(await callJson(cloud, place, "TrentService.ListKeys", {}))).Keys[0].KeyArn;
}

/** Backups of an instance that another root has made, under the key of this one. Returns their ARN. */
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

const LATER = `arn:aws:rds:${REGION}:${ACCOUNT}:auto-backup:ab-later`;

const DATABASE = "module.restored.aws_db_instance.this";

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
        const { changes, refused } = standing.gate(second);
        require("node:fs").writeFileSync("/tmp/second.json", second);
        expect(refused).toEqual([]);
        expect(changes.map(({ address, action }) => [address, action])).toEqual([[DATABASE, "update"]]);
        await standing.applyPlan();
        const third = await standing.plan();
        require("node:fs").writeFileSync("/tmp/third.json", third);
        expect(standing.gate(third).isEmpty).toBe(true);
      }),
    );
  }, 900_000);
});
