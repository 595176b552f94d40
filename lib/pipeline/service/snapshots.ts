/** Snapshots of a database: of an instance, or of a cluster of Aurora. */
import {
  CreateDBClusterSnapshotCommand,
  CreateDBSnapshotCommand,
  DescribeDBClusterSnapshotsCommand,
  DescribeDBClustersCommand,
  DescribeDBSnapshotsCommand,
  type RDSClient,
} from "@aws-sdk/client-rds";
import { z } from "zod";
import { findDatabase, readDatabase } from "./database";
import { AwsError, aws, ServiceError } from "./failure";
import { onChange, type Work, wait } from "./waiting";

export interface Snapshot {
  readonly name: string;
  /** Instance or cluster. */
  readonly of: string;
  readonly resourceId?: string | undefined;
  readonly status: string;
  readonly percent: number;
  /** Missing while the snapshot is being created. */
  readonly time?: Date | undefined;
}

/** What holds the data, and its snapshots. */
export interface Store {
  readonly id: string;
  readonly resourceId: string | undefined;
  readonly kind: "instance" | "cluster";
  readonly createOperation: string;
  create(snapshot: string): Promise<unknown>;
  /** @throws AwsError if there is none of this name */
  read(snapshot: string): Promise<Snapshot>;
}

/** @throws AwsError if there is neither an instance nor a cluster of this name */
export async function openStore(rds: RDSClient, id: string): Promise<Store> {
  const instance = await findDatabase(rds, id);
  if (instance !== undefined) return instanceStore(rds, id, instance.DbiResourceId);
  try {
    const { DBClusters } = await aws("rds:DescribeDBClusters", id, () =>
      rds.send(new DescribeDBClustersCommand({ DBClusterIdentifier: id })),
    );
    return clusterStore(rds, id, DBClusters?.[0]?.DbClusterResourceId);
  } catch (error) {
    if (!(error instanceof AwsError && error.code.startsWith("DBClusterNotFound"))) throw error;
    await readDatabase(rds, id);
    throw error;
  }
}

const OF_INSTANCE = z.object({
  DBSnapshotIdentifier: z.string(),
  DBInstanceIdentifier: z.string(),
  DbiResourceId: z.string().optional(),
  Status: z.string(),
  PercentProgress: z.number().default(0),
  SnapshotCreateTime: z.date().optional(),
});

function instanceStore(rds: RDSClient, id: string, resourceId: string | undefined): Store {
  const createOperation = "rds:CreateDBSnapshot";
  return {
    id,
    resourceId,
    kind: "instance",
    createOperation,
    create: (name) =>
      aws(createOperation, name, () =>
        rds.send(new CreateDBSnapshotCommand({ DBInstanceIdentifier: id, DBSnapshotIdentifier: name })),
      ),
    async read(name) {
      const { DBSnapshots } = await aws("rds:DescribeDBSnapshots", name, () =>
        rds.send(new DescribeDBSnapshotsCommand({ DBSnapshotIdentifier: name })),
      );
      const found = OF_INSTANCE.parse(first(DBSnapshots, `rds:DescribeDBSnapshots of ${name}`));
      return {
        name: found.DBSnapshotIdentifier,
        of: found.DBInstanceIdentifier,
        resourceId: found.DbiResourceId,
        status: found.Status,
        percent: found.PercentProgress,
        time: found.SnapshotCreateTime,
      };
    },
  };
}

const OF_CLUSTER = z.object({
  DBClusterSnapshotIdentifier: z.string(),
  DBClusterIdentifier: z.string(),
  DbClusterResourceId: z.string().optional(),
  Status: z.string(),
  PercentProgress: z.number().default(0),
  SnapshotCreateTime: z.date().optional(),
});

function clusterStore(rds: RDSClient, id: string, resourceId: string | undefined): Store {
  const createOperation = "rds:CreateDBClusterSnapshot";
  return {
    id,
    resourceId,
    kind: "cluster",
    createOperation,
    create: (name) =>
      aws(createOperation, name, () =>
        rds.send(new CreateDBClusterSnapshotCommand({ DBClusterIdentifier: id, DBClusterSnapshotIdentifier: name })),
      ),
    async read(name) {
      const { DBClusterSnapshots } = await aws("rds:DescribeDBClusterSnapshots", name, () =>
        rds.send(new DescribeDBClusterSnapshotsCommand({ DBClusterSnapshotIdentifier: name })),
      );
      const found = OF_CLUSTER.parse(first(DBClusterSnapshots, `rds:DescribeDBClusterSnapshots of ${name}`));
      return {
        name: found.DBClusterSnapshotIdentifier,
        of: found.DBClusterIdentifier,
        resourceId: found.DbClusterResourceId,
        status: found.Status,
        percent: found.PercentProgress,
        time: found.SnapshotCreateTime,
      };
    },
  };
}

function first<T>(found: readonly T[] | undefined, call: string): T {
  const [one] = found ?? [];
  if (one === undefined) throw new ServiceError(`${call} failed: no answer`);
  return one;
}

/** `shop-20260131t120000z`: letters, digits and single hyphens, as RDS wants it. */
export function snapshotName(database: string, time: Date): string {
  return `${database}-${time
    .toISOString()
    .replace(/\.\d+/, "")
    .replace(/[^\dTZ]/g, "")
    .toLowerCase()}`;
}

/** Makes a snapshot and waits until it can be restored. @throws ServiceError if it cannot in time */
export async function takeSnapshot(store: Store, name: string, work: Work): Promise<void> {
  await store.create(name);
  const report = onChange(work.report);
  const command =
    store.kind === "instance"
      ? `describe-db-snapshots --db-snapshot-identifier ${name}`
      : `describe-db-cluster-snapshots --db-cluster-snapshot-identifier ${name}`;
  const goesOn = `RDS continues snapshot ${name}, and nothing was migrated: aws rds ${command}`;
  const status = await wait({ clock: work.clock, minutes: work.timeoutMinutes, goesOn }, async () => {
    const snapshot = await store.read(name);
    report(`snapshot ${name}: ${snapshot.status}, ${snapshot.percent} %`);
    return snapshot.status === "creating" || snapshot.status === "pending" ? undefined : snapshot.status;
  });
  if (status === "available") return;
  throw new ServiceError(
    `snapshot ${name} is ${status ?? `not available after ${work.timeoutMinutes} minutes`}; nothing was migrated`,
  );
}
