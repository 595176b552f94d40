/** Backups that a change names, so that what it destroys can be brought back. */
import { z } from "zod";
import { InputError } from "../../common/errors";

export interface Backup {
  /** Of the resource that it is of. */
  readonly address: string;
  /** How to find it: a snapshot's ARN, a recovery point. */
  readonly name: string;
  readonly time: Date;
}

/** Older backups miss more than a day's work. */
const RECENT_MS = 24 * 60 * 60 * 1000;

/** A key of `for_each` in the address may have a `=` in it. */
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

/** A recent backup of a resource, or what is wrong with the last one that was named. */
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
