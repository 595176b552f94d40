/** Paths by which a store is recovered in another region, with their loss of data and their time. */

/** Where data is and how it gets to the other region. Numbers come from the plan, or from a test of the recovery. */
export type RecoveryPath =
  | {
      readonly path: "replicated-backups";
      /** The most that the database may have grown to: the limit of its storage, where that grows by itself. */
      readonly storageGiB: number;
      /** Between a transaction log's upload and its copy. */
      readonly replicationLagSeconds?: number;
      readonly restoreGiBPerHour?: number;
    }
  | { readonly path: "replicated-images" }
  | { readonly path: "replicated-secrets" }
  /** The other region has one of its own, and nothing of this one is needed there: keys. */
  | { readonly path: "own-in-each-region" }
  /** Nothing is recovered; the other region begins with an empty store. */
  | { readonly path: "accepted-loss"; readonly reason: string };

export const PATHS = [
  "replicated-backups",
  "replicated-images",
  "replicated-secrets",
  "own-in-each-region",
  "accepted-loss",
] as const satisfies readonly RecoveryPath["path"][];

export interface Recovery {
  /** Data of so many seconds before the outage are lost; null if the loss of all data is accepted. */
  readonly pointSeconds: number | null;
  readonly timeSeconds: number;
}

/**
 * RDS uploads transaction logs every five minutes, and AWS puts the recovery point of copied ones at 5 to 30 minutes.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIT.html
 * @see https://docs.aws.amazon.com/prescriptive-guidance/latest/dr-standard-edition-amazon-rds/rds-pitr-snapshot.html
 */
const LOG_UPLOAD_SECONDS = 5 * 60;
const REPLICATION_LAG_SECONDS = 25 * 60;

/**
 * AWS says no more of a restore than that it "can take up to a few hours" (the second page above). These are figures of
 * ours: half an hour until an instance is there at all, and a quarter of what a gp3 volume reads at least (125 MiB/s),
 * for a day's transaction logs are applied too. The yearly test of the recovery measures better ones.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html
 */
const INSTANCE_SECONDS = 30 * 60;
const RESTORE_GIB_PER_HOUR = 100;

/**
 * Most images are copied in less than 30 minutes, says AWS; one that is not there yet has to be pushed again.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html
 */
const IMAGE_COPY_SECONDS = 30 * 60;

/**
 * AWS names no figure for a value that changes; a minute is ours.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html
 */
const SECRET_COPY_SECONDS = 60;

export function recoveryOf(path: RecoveryPath): Recovery {
  switch (path.path) {
    case "replicated-backups": {
      const { storageGiB, replicationLagSeconds, restoreGiBPerHour = RESTORE_GIB_PER_HOUR } = path;
      return {
        pointSeconds: LOG_UPLOAD_SECONDS + (replicationLagSeconds ?? REPLICATION_LAG_SECONDS),
        timeSeconds: INSTANCE_SECONDS + Math.ceil((storageGiB / restoreGiBPerHour) * 3600),
      };
    }
    case "replicated-images":
      return { pointSeconds: IMAGE_COPY_SECONDS, timeSeconds: 0 };
    case "replicated-secrets":
      return { pointSeconds: SECRET_COPY_SECONDS, timeSeconds: 0 };
    case "own-in-each-region":
      return { pointSeconds: 0, timeSeconds: 0 };
    case "accepted-loss":
      return { pointSeconds: null, timeSeconds: 0 };
  }
}
