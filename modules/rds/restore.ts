/** Restores an instance from the automated backups of another one, in any region. */
import { z } from "zod";
import { condition, isSet, jsonencode, type Ref } from "../../lib";

const BACKUPS_ARN = "^arn:aws[a-z-]*:rds:[a-z0-9-]+:[0-9]{12}:auto-backup:ab-[a-z0-9]+$";
const UTC_TIME = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$";

const EXAMPLE = {
  sourceDbInstanceAutomatedBackupsArn: "arn:aws:rds:eu-west-1:111122223333:auto-backup:ab-0123456789abcdefghijklmnop",
  restoreTime: "2026-01-31T12:00:00Z",
} as const;

/**
 * RDS takes name, master user, storage, key and backup retention from the source. The provider sends these settings only
 * after the creation: the retention, windows, Performance Insights and the certificate. The plan after the restore changes
 * the rest: always Performance Insights, and the retention if the source has another one.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/AutomatedBackups.PiTR.html
 */
export const RESTORE = z
  .object({
    sourceDbInstanceAutomatedBackupsArn: z.string(),
    restoreTime: z.string().nullable().default(null),
  })
  .nullable()
  .default(null)
  .describe(
    "Automated backups from which a new instance is restored, and the point in time in UTC; without a time, the latest. The key has to be the key of the backups, `maxAllocatedStorageGiB` has to exceed the storage of their instance, and `backupRetentionDays` has to be the same. The next plan enables Performance Insights, which a restore does not support. An existing instance cannot be restored: give the new one another name.",
  );

type Restore = z.output<typeof RESTORE>;

/** Checked here and not at the fields, because the example of a call has no restore. */
export const restoreRules = [
  {
    inputs: ["restore"] as const,
    allowed: "the ARN of automated backups such as arn:aws:rds:eu-west-1:111122223333:auto-backup:ab-0123",
    holds: ({ restore }: { readonly restore: Restore }) =>
      restore === null || new RegExp(BACKUPS_ARN).test(restore.sourceDbInstanceAutomatedBackupsArn),
    condition: `var.restore == null ? true : can(regex("${BACKUPS_ARN}", var.restore.source_db_instance_automated_backups_arn))`,
    counterexample: {
      restore: { ...EXAMPLE, sourceDbInstanceAutomatedBackupsArn: "arn:aws:rds:eu-west-1:111122223333:db:shop" },
    },
  },
  {
    inputs: ["restore"] as const,
    allowed: "a time in UTC such as 2026-01-31T12:00:00Z, or null for the latest",
    holds: ({ restore }: { readonly restore: Restore }) =>
      restore === null || restore.restoreTime === null || new RegExp(UTC_TIME).test(restore.restoreTime),
    condition: `try(var.restore.restore_time, null) == null ? true : can(regex("${UTC_TIME}", var.restore.restore_time))`,
    counterexample: { restore: { ...EXAMPLE, restoreTime: "yesterday" } },
  },
];

/**
 * The provider would replace an instance if its restore settings change or are removed. They describe the source of the
 * instance and not its target state, so that changes are ignored. A restore into an existing instance must not be ignored:
 * its plan fails.
 */
export function restoredOnce(restore: Ref<Restore>) {
  return {
    ignoreChanges: ["restoreToPointInTime"] as const,
    postcondition: [
      {
        condition: isSet(restore)(
          ({ sourceDbInstanceAutomatedBackupsArn, restoreTime }) =>
            condition`try(self.restore_to_point_in_time[0].source_db_instance_automated_backups_arn == ${sourceDbInstanceAutomatedBackupsArn} && coalesce(self.restore_to_point_in_time[0].restore_time, "latest") == coalesce(${restoreTime}, "latest"), false)`,
          true,
        ),
        errorMessage: `restore: got ${jsonencode(restore)}; allowed: null or what the instance was made from, since RDS restores into new instances only.`,
      },
    ],
  };
}
