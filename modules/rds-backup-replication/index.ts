import { DbInstanceAutomatedBackupsReplication } from "@cdktf/provider-aws/lib/db-instance-automated-backups-replication";
import { z } from "zod";
import { ACCOUNT_ID, arnOf, defineModule, partition, REGION, resource, resourceName, sizing } from "../../lib";

/**
 * Snapshots and transaction logs of a PostgreSQL instance, copied as they arise. Not every pair of regions can do it:
 * "Source and destination AWS Regions" on the first page is the table. Every version of PostgreSQL that RDS offers can;
 * a cluster of several zones cannot. An account keeps at most 20 such copies in a region.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.RDS_Fea_Regions_DB-eng.Feature.CrossRegionAutomatedBackups.html
 */
export const RdsBackupReplication = defineModule({
  name: "rds-backup-replication",
  description:
    "Automated backups of a database in another region, copied into this one and encrypted with a key of this one. It is called in the region that the backups go to.",
  inputs: {
    sourceName: resourceName(63).describe("Identifier of the instance whose backups are copied."),
    sourceRegion: REGION.describe(
      "Region of that instance. RDS does not pair every region with every other: the table is in https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html.",
    ),
    accountId: ACCOUNT_ID.describe("Account of the instance and of the copies."),
    retentionDays: sizing(z.int().min(7).max(35)).describe(
      "Days that the copies are kept. Another number starts the copying anew; what was copied until then stays for its old number of days.",
    ),
    kmsKeyArn: arnOf("kms").describe(
      "Key of this region that encrypts the copies, and later the instance that is restored from them.",
    ),
  },
  rules: [
    {
      inputs: ["kmsKeyArn"],
      allowed: "the ARN of the key itself and of no alias, for which every plan would start the copying anew",
      holds: ({ kmsKeyArn }) => !kmsKeyArn.includes(":alias/"),
      condition: '!strcontains(var.kms_key_arn, ":alias/")',
      counterexample: { kmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:alias/shop-data" },
    },
  ],
  outputs: {
    automatedBackupsArn: z
      .string()
      .describe(
        "ARN of the copies, from which `rds` restores. RDS makes it up; `aws rds describe-db-instance-automated-backups` in this region tells it too.",
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
