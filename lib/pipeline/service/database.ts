/** Database instances and their snapshots as RDS describes them. */
import {
  CreateDBSnapshotCommand,
  type DBInstance,
  DescribeDBInstancesCommand,
  DescribeDBSnapshotsCommand,
  type RDSClient,
} from "@aws-sdk/client-rds";
import { z } from "zod";
import { AwsError, aws, ServiceError } from "./failure";
import { onChange, type Work, wait } from "./waiting";

/** @throws AwsError if there is none of this name */
export async function readDatabase(rds: RDSClient, id: string): Promise<DBInstance> {
  const { DBInstances } = await aws("rds:DescribeDBInstances", id, () =>
    rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: id })),
  );
  const [instance] = DBInstances ?? [];
  if (instance === undefined) throw new ServiceError(`rds:DescribeDBInstances of ${id} failed: no answer`);
  return instance;
}

export async function findDatabase(rds: RDSClient, id: string): Promise<DBInstance | undefined> {
  try {
    return await readDatabase(rds, id);
  } catch (error) {
    if (error instanceof AwsError && error.code.startsWith("DBInstanceNotFound")) return undefined;
    throw error;
  }
}

const SNAPSHOT = z.object({
  DBSnapshotIdentifier: z.string(),
  DBInstanceIdentifier: z.string(),
  DbiResourceId: z.string().optional(),
  Status: z.string(),
  PercentProgress: z.number().default(0),
  /** Missing while the snapshot is being created. */
  SnapshotCreateTime: z.date().optional(),
});

export type Snapshot = z.infer<typeof SNAPSHOT>;

/** @throws AwsError if there is none of this name */
export async function readSnapshot(rds: RDSClient, id: string): Promise<Snapshot> {
  const { DBSnapshots } = await aws("rds:DescribeDBSnapshots", id, () =>
    rds.send(new DescribeDBSnapshotsCommand({ DBSnapshotIdentifier: id })),
  );
  const [snapshot] = DBSnapshots ?? [];
  if (snapshot === undefined) throw new ServiceError(`rds:DescribeDBSnapshots of ${id} failed: no answer`);
  return SNAPSHOT.parse(snapshot);
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
export async function takeSnapshot(rds: RDSClient, database: string, name: string, work: Work): Promise<void> {
  await aws("rds:CreateDBSnapshot", name, () =>
    rds.send(new CreateDBSnapshotCommand({ DBInstanceIdentifier: database, DBSnapshotIdentifier: name })),
  );
  const report = onChange(work.report);
  const goesOn = `RDS continues snapshot ${name}, and nothing was migrated: aws rds describe-db-snapshots --db-snapshot-identifier ${name}`;
  const status = await wait({ clock: work.clock, minutes: work.timeoutMinutes, goesOn }, async () => {
    const snapshot = await readSnapshot(rds, name);
    report(`snapshot ${name}: ${snapshot.Status}, ${snapshot.PercentProgress} %`);
    return snapshot.Status === "creating" || snapshot.Status === "pending" ? undefined : snapshot.Status;
  });
  if (status === "available") return;
  throw new ServiceError(
    `snapshot ${name} is ${status ?? `not available after ${work.timeoutMinutes} minutes`}; nothing was migrated`,
  );
}
