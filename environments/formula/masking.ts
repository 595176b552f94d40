/**
 * The way of masked data from production to staging, through the account for sanitisation: names that several roots have to know, as
 * no root reads another's state.
 */
import { accounts } from "../common/accounts";
import { DATABASE_NAME } from "./context";

const { formulaProd, formulaSanitisation, formulaStaging } = accounts;

/** All of it is in this region: a shared snapshot is copied within its region. */
const REGION = "us-east-1";

const PIPELINE = "formula-masking";
const SHARE = "formula-masking-share";
const IMPORT = "formula-masked-import";

/** Days and hours, in UTC, outside of the windows for backups (04:30) and maintenance (Sunday 02:00 to 04:00). */
const SCHEDULES = {
  share: "cron(0 6 1 * ? *)",
  /** The share lasts six hours, and copying the snapshot takes less than one. */
  masking: "cron(30 7 1 * ? *)",
  import: "cron(0 6 2 * ? *)",
} as const;

/** Keys that exist after the first applies: see the page of the system. Their ids are placeholders. */
const KEYS = {
  share: `arn:aws:kms:${REGION}:${formulaProd.id}:key/00000000-0000-4000-8000-000000000001`,
  exports: `arn:aws:kms:${REGION}:${formulaSanitisation.id}:key/00000000-0000-4000-8000-000000000002`,
} as const;

export const MASKING = {
  /** Of production: a snapshot of the database, under a key of its own, for one role of the account for sanitisation. */
  share: {
    name: SHARE,
    schedule: SCHEDULES.share,
    recipientRoleArn: `arn:aws:iam::${formulaSanitisation.id}:role/${PIPELINE}`,
  },
  /** Of the account for sanitisation: a dump of the masked database, for one role of staging. */
  pipeline: {
    name: PIPELINE,
    schedule: SCHEDULES.masking,
    sourceSnapshotArn: `arn:aws:rds:${REGION}:${formulaProd.id}:snapshot:${SHARE}`,
    sourceKmsKeyArn: KEYS.share,
    databaseName: DATABASE_NAME,
  },
  exports: {
    bucket: `formula-masked-exports-${formulaSanitisation.id}`,
    readerRoleArn: `arn:aws:iam::${formulaStaging.id}:role/${IMPORT}-task`,
  },
  /** Of staging. */
  import: {
    name: IMPORT,
    /** Of its task definition, whose role is not that of the task. */
    family: "formula-staging-import",
    schedule: SCHEDULES.import,
    exportBucket: `formula-masked-exports-${formulaSanitisation.id}`,
    dumpKey: `${DATABASE_NAME}.dump`,
    exportKmsKeyArn: KEYS.exports,
    keptTables: ["public.migrations"],
  },
} as const;
