/** Recovery paths of a store in another region, with the data loss and the recovery time of each. */

/** Recovery path of a store. Its numbers come from the plan, or from a recovery test. */
export type RecoveryPath =
  | {
      readonly path: "replicated-backups";
      /** Largest size of the database: `max_allocated_storage` if storage autoscaling is on. */
      readonly storageGiB: number;
      /** Between the upload of a transaction log and its copy in the other region. */
      readonly replicationLagSeconds?: number;
      readonly restoreGiBPerHour?: number;
    }
  /** Restored in its own region, from its automated backups. It does not survive an outage of the region. */
  | { readonly path: "own-backups"; readonly storageGiB: number; readonly restoreGiBPerHour?: number }
  | { readonly path: "replicated-images" }
  | { readonly path: "replicated-secrets" }
  /** The other region has its own store and needs nothing from this one, as for KMS keys. */
  | { readonly path: "own-in-each-region" }
  /** The store's data is not recovered. The other region starts with an empty store. */
  | { readonly path: "accepted-loss"; readonly reason: string };

export const PATHS = [
  "replicated-backups",
  "own-backups",
  "replicated-images",
  "replicated-secrets",
  "own-in-each-region",
  "accepted-loss",
] as const satisfies readonly RecoveryPath["path"][];

export interface Recovery {
  /** Seconds before the outage whose data is lost; null if the loss of all data is accepted. */
  readonly pointSeconds: number | null;
  readonly timeSeconds: number;
}

/**
 * RDS uploads transaction logs every five minutes. AWS documents a recovery point of 5 to 30 minutes for replicated logs.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIT.html
 * @see https://docs.aws.amazon.com/prescriptive-guidance/latest/dr-standard-edition-amazon-rds/rds-pitr-snapshot.html
 */
const LOG_UPLOAD_SECONDS = 5 * 60;
const REPLICATION_LAG_SECONDS = 25 * 60;

/**
 * AWS documents only that a restore "can take up to a few hours" (the second page above). These values are assumptions:
 * half an hour to create an instance, and a quarter of the baseline throughput of a gp3 volume (125 MiB/s), because RDS
 * also replays up to a day of transaction logs. The yearly recovery test measures the real values.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html
 */
const INSTANCE_SECONDS = 30 * 60;
const RESTORE_GIB_PER_HOUR = 100;

/**
 * According to AWS, most images replicate in less than 30 minutes. An image that is not replicated yet must be pushed again.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html
 */
const IMAGE_COPY_SECONDS = 30 * 60;

/**
 * AWS documents no replication lag for a secret's value. One minute is an assumption.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html
 */
const SECRET_COPY_SECONDS = 60;

export function recoveryOf(path: RecoveryPath): Recovery {
  switch (path.path) {
    case "replicated-backups": {
      const { replicationLagSeconds = REPLICATION_LAG_SECONDS } = path;
      return { pointSeconds: LOG_UPLOAD_SECONDS + replicationLagSeconds, timeSeconds: restoreSeconds(path) };
    }
    case "own-backups":
      return { pointSeconds: LOG_UPLOAD_SECONDS, timeSeconds: restoreSeconds(path) };
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

function restoreSeconds(path: { readonly storageGiB: number; readonly restoreGiBPerHour?: number }): number {
  const { storageGiB, restoreGiBPerHour = RESTORE_GIB_PER_HOUR } = path;
  return INSTANCE_SECONDS + Math.ceil((storageGiB / restoreGiBPerHour) * 3600);
}
