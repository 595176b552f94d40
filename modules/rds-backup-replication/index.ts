import { DbInstanceAutomatedBackupsReplication } from "@cdktf/provider-aws/lib/db-instance-automated-backups-replication";
import { z } from "zod";
import { ACCOUNT_ID, arnOf, defineModule, partition, REGION, resource, resourceName, sizing } from "../../lib";

/**
 * Copies of snapshots and transaction logs of a PostgreSQL instance. The first page has the table of possible pairs of
 * regions, "Source and destination AWS Regions". All PostgreSQL versions of RDS are supported; a Multi-AZ cluster is not.
 * An account has at most 20 such copies in a region.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.RDS_Fea_Regions_DB-eng.Feature.CrossRegionAutomatedBackups.html
 */
export const RdsBackupReplication = defineModule({
  name: "rds-backup-replication",
  description:
    "Copies of the automated backups of a database in another region, encrypted with a key of this region. Call it in the region of the copies.",
  inputs: {
    sourceName: resourceName(63).describe("Identifier of the instance whose backups are copied."),
    sourceRegion: REGION.describe(
      "Region of that instance. RDS supports only some pairs of regions: see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html.",
    ),
    accountId: ACCOUNT_ID.describe("Account of the instance and of the copies."),
    retentionDays: sizing(z.int().min(7).max(35)).describe(
      "Retention of the copies. A change restarts the replication; earlier copies keep their retention.",
    ),
    kmsKeyArn: arnOf("kms").describe(
      "Key of this region that encrypts the copies and the instances that are restored from them.",
    ),
  },
  rules: [
    {
      inputs: ["kmsKeyArn"],
      allowed: "the ARN of the key and not of an alias, because with an alias every plan restarts the replication",
      holds: ({ kmsKeyArn }) => !kmsKeyArn.includes(":alias/"),
      condition: '!strcontains(var.kms_key_arn, ":alias/")',
      counterexample: { kmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:alias/shop-data" },
    },
  ],
  outputs: {
    automatedBackupsArn: z
      .string()
      .describe(
        "ARN of the copies, from which `rds` restores. RDS generates it; `aws rds describe-db-instance-automated-backups` in this region prints it.",
      ),
  },
  example: {
    sourceName: "shop",
    sourceRegion: "eu-central-1",
    accountId: "111122223333",
    retentionDays: 14,
    kmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  },
  build(scope, input) {
    const replication = resource(scope, DbInstanceAutomatedBackupsReplication, "this", {
      sourceDbInstanceArn: `arn:${partition(scope)}:rds:${input.sourceRegion}:${input.accountId}:db:${input.sourceName}`,
      retentionPeriod: input.retentionDays,
      kmsKeyId: input.kmsKeyArn,
    });
    return { automatedBackupsArn: replication.id };
  },
});
