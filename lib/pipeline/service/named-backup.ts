/** Checks the named backup before a migration destroys data. */
import type { Snapshot, Store } from "./snapshots";

/** Older backups lack more than a day of data. */
const RECENT_HOURS = 24;

/** Problems of the backup, one line each. */
export function problemsOfBackup(snapshot: Snapshot, store: Store, now: Date): string[] {
  const { name, of, resourceId, status, time } = snapshot;
  const problems: string[] = [];
  if (of !== store.id) {
    problems.push(`${name} is of ${of}; allowed: a snapshot of ${store.id}`);
  } else if (resourceId !== undefined && resourceId !== store.resourceId) {
    problems.push(`${name} is of a former ${store.kind} named ${of}; allowed: a snapshot of the present ${store.kind}`);
  }
  if (status !== "available") problems.push(`${name} is ${status}; allowed: available`);
  const hours = time === undefined ? undefined : (now.getTime() - time.getTime()) / 3_600_000;
  if (hours === undefined || hours < 0 || hours > RECENT_HOURS) {
    problems.push(`${name} is from ${time?.toISOString() ?? "no time"}; allowed: the last ${RECENT_HOURS} hours`);
  }
  return problems;
}
