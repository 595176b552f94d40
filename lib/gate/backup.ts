/** Backups that a change names, so that what it destroys can be brought back. */
import { z } from "zod";
import { InputError } from "../validation";

export interface Backup {
  /** Of the resource that it is of. */
  readonly address: string;
  /** How to find it: a snapshot's ARN, a recovery point. */
  readonly name: string;
  readonly time: Date;
}

/** Older backups miss more than a day's work. */
const RECENT_MS = 24 * 60 * 60 * 1000;

/** @param text `<address>=<backup>@<time>`, the time as `2026-11-22T01:00:00Z` @throws InputError */
export function readBackup(text: string): Backup {
  const [, address = "", name = "", time] = /^([^=]+)=(.+)@([^@]+)$/.exec(text) ?? [];
  const { success } = z.iso.datetime({ offset: true }).safeParse(time);
  if (success && time !== undefined) return { address, name, time: new Date(time) };
  throw new InputError("--backup", [
    `got "${text}"; allowed: <address>=<backup>@<time>, such as module.database.aws_db_instance.this=rds:orders-prod@2026-11-22T01:00:00Z`,
  ]);
}

/** The backup of a resource, or what is wrong with it. */
export function backupFor(
  address: string,
  backups: readonly Backup[],
  now: Date,
): Backup | { readonly problem: string } {
  const backup = backups.find((one) => one.address === address);
  if (backup === undefined) return { problem: "no backup is named" };
  const age = now.getTime() - backup.time.getTime();
  if (age < 0) return { problem: `its backup ${backup.name} is from the future: ${backup.time.toISOString()}` };
  if (age > RECENT_MS)
    return { problem: `its backup ${backup.name} is older than 24 hours: ${backup.time.toISOString()}` };
  return backup;
}
