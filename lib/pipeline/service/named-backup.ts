/** Checks the named backup before a migration destroys data. */
import type { DBInstance } from "@aws-sdk/client-rds";
import type { Snapshot } from "./database";

/** Older backups lack more than a day of data. */
const RECENT_HOURS = 24;

/** Problems of the backup, one line each. */
export function problemsOfBackup(snapshot: Snapshot, database: DBInstance, now: Date): string[] {
  const { DBSnapshotIdentifier: name, DBInstanceIdentifier: of, SnapshotCreateTime: time } = snapshot;
  const problems: string[] = [];
  if (of !== database.DBInstanceIdentifier) {
    problems.push(`${name} is of ${of}; allowed: a snapshot of ${database.DBInstanceIdentifier}`);
  } else if (snapshot.DbiResourceId !== undefined && snapshot.DbiResourceId !== database.DbiResourceId) {
    problems.push(`${name} is of a former instance named ${of}; allowed: a snapshot of the present instance`);
  }
  if (snapshot.Status !== "available") problems.push(`${name} is ${snapshot.Status}; allowed: available`);
  const hours = time === undefined ? undefined : (now.getTime() - time.getTime()) / 3_600_000;
  if (hours === undefined || hours < 0 || hours > RECENT_HOURS) {
    problems.push(`${name} is from ${time?.toISOString() ?? "no time"}; allowed: the last ${RECENT_HOURS} hours`);
  }
  return problems;
}
