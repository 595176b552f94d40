/** The backup that somebody names before data is taken away. */
import type { DBInstance } from "@aws-sdk/client-rds";
import type { Snapshot } from "./database";

/** Older ones miss more than a day's work. */
const RECENT_HOURS = 24;

/** What is wrong with it, one line each; none where it will do. */
export function problemsOfBackup(snapshot: Snapshot, database: DBInstance, now: Date): string[] {
  const { DBSnapshotIdentifier: name, DBInstanceIdentifier: of, SnapshotCreateTime: time } = snapshot;
  const problems: string[] = [];
  if (of !== database.DBInstanceIdentifier) {
    problems.push(`${name} is of ${of}; allowed: a snapshot of ${database.DBInstanceIdentifier}`);
  } else if (snapshot.DbiResourceId !== undefined && snapshot.DbiResourceId !== database.DbiResourceId) {
    problems.push(`${name} is of a former instance named ${of}; allowed: a snapshot of the one that is there now`);
  }
  if (snapshot.Status !== "available") problems.push(`${name} is ${snapshot.Status}; allowed: available`);
  const hours = time === undefined ? undefined : (now.getTime() - time.getTime()) / 3_600_000;
  if (hours === undefined || hours < 0 || hours > RECENT_HOURS) {
    problems.push(`${name} is from ${time?.toISOString() ?? "no time"}; allowed: the last ${RECENT_HOURS} hours`);
  }
  return problems;
}
