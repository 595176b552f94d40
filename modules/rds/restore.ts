/** Making an instance out of the automated backups of another one, in whichever region these lie. */
import { z } from "zod";
import { condition, isSet, jsonencode, type Ref } from "../../lib";

const BACKUPS_ARN = "^arn:aws[a-z-]*:rds:[a-z0-9-]+:[0-9]{12}:auto-backup:ab-[a-z0-9]+$";
const UTC_TIME = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$";

const EXAMPLE = {
  sourceDbInstanceAutomatedBackupsArn: "arn:aws:rds:eu-west-1:111122223333:auto-backup:ab-0123456789abcdefghijklmnop",
  restoreTime: "2026-01-31T12:00:00Z",
} as const;

/**
 * RDS takes name, master user, storage, key and the days of backups from the source. The provider sends these settings only
 * once the instance is there: the days, windows, Performance Insights and the certificate. What differs then is in the plan
 * after the one that restores: Performance Insights always, and the days unless the source has as many.
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
    "Backups that a new instance begins with, and the time in UTC that it goes back to; without a time, the latest that can be had. The key has to be that of the backups, `maxAllocatedStorageGiB` above the storage of their instance, and `backupRetentionDays` as many as it has. The next plan turns on Performance Insights, which a restore does not take. An instance that is there cannot be restored: give the new one a name of its own.",
  );

type Restore = z.output<typeof RESTORE>;

/** Stated here and not at the fields, since the example of a call has no restore to try them with. */
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
 * The provider would replace an instance whose restore changes, or is no longer said. It is where the instance came
 * from and not what it should be, so changes are always ignored; for a new instance that means nothing. A restore that
 * is asked of an instance that is there must not be ignored in silence: its plan fails.
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
