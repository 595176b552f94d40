/** Backups that a change names, from which people can restore the data that it destroys. */
import { z } from "zod";
import { InputError } from "../../common/errors";

export interface Backup {
  /** Address of the resource. */
  readonly address: string;
  /** Identifier of the backup: ARN of a snapshot or of a recovery point. */
  readonly name: string;
  readonly time: Date;
}

/** Older backups lack more than a day of data. */
const RECENT_MS = 24 * 60 * 60 * 1000;

/** A key of `for_each` in the address may contain `=`. */
const FORM = /^((?:[^=[]|\[[^\]]*\])+)=(.+)@([^@]+)$/;

/** @param text `<address>=<backup>@<time>`, the time as `2026-11-22T01:00:00Z` @throws InputError */
export function readBackup(text: string): Backup {
  const [, address = "", name = "", time] = FORM.exec(text) ?? [];
  const { success } = z.iso.datetime({ offset: true }).safeParse(time);
  if (success && time !== undefined) return { address, name, time: new Date(time) };
  throw new InputError("--backup", [
    `got "${text}"; allowed: <address>=<backup>@<time>, such as module.database.aws_db_instance.this=rds:shop-prod@2026-11-22T01:00:00Z`,
  ]);
}

/** A recent backup of a resource, or the problem of the last backup that was named. */
export function backupFor(
  address: string,
  backups: readonly Backup[],
  now: Date,
): Backup | { readonly problem: string } {
  const own = backups.filter((one) => one.address === address);
  const recent = own.find((one) => problemOf(one, now) === undefined);
  return recent ?? { problem: own.map((one) => problemOf(one, now)).at(-1) ?? "no backup is named" };
}

function problemOf({ name, time }: Backup, now: Date): string | undefined {
  const age = now.getTime() - time.getTime();
  if (age < 0) return `its backup ${name} is from the future: ${time.toISOString()}`;
  return age > RECENT_MS ? `its backup ${name} is older than 24 hours: ${time.toISOString()}` : undefined;
}
