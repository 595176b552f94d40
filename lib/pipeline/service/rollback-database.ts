/** Brings a database back beside itself, as it was at a time. The source is only read. */
import {
  type DBInstance,
  DescribeDBInstanceAutomatedBackupsCommand,
  ModifyDBInstanceCommand,
  RDSClient,
  RestoreDBInstanceToPointInTimeCommand,
} from "@aws-sdk/client-rds";
import { InputError } from "../../common/errors";
import { findDatabase, readDatabase } from "./database";
import { aws, ServiceError } from "./failure";
import { problemOfTime, type RestorableWindow, restoreInput, settingsInput } from "./restore";
import { onChange, type Work, wait } from "./waiting";

export interface DatabaseRollback {
  readonly database: string;
  /** Identifier of the instance that does not exist yet. */
  readonly to: string;
  readonly at: Date;
  readonly dryRun?: true;
}

/** @throws InputError @throws ServiceError */
export async function rollbackDatabase({ database, to, at, dryRun }: DatabaseRollback, work: Work): Promise<void> {
  const rds = new RDSClient();
  const source = await readDatabase(rds, database);
  if (to === database || (await findDatabase(rds, to)) !== undefined) {
    throw new InputError("--to", [`got ${to}, which exists; allowed: the identifier of a new instance`]);
  }
  const problem = problemOfTime(at, await windowOf(rds, source));
  if (problem !== undefined) throw new InputError("--at", [problem]);
  const [restore, settings] = [restoreInput(source, to, at), settingsInput(source, to)];
  work.report(`${database} is not changed; ${to} will have its data of ${at.toISOString()}, ${encryptionOf(source)}`);
  if (dryRun) {
    work.report(`would call rds:RestoreDBInstanceToPointInTime: ${JSON.stringify(restore)}`);
    work.report(`would call rds:ModifyDBInstance once it is available: ${JSON.stringify(settings)}`);
    work.report("dry run: nothing was changed");
    return;
  }
  await aws("rds:RestoreDBInstanceToPointInTime", to, () =>
    rds.send(new RestoreDBInstanceToPointInTimeCommand(restore)),
  );
  const goesOn = `RDS continues to restore ${to}. Once it is available: aws rds modify-db-instance --cli-input-json '${JSON.stringify(settings)}'`;
  await untilAvailable(rds, to, goesOn, work, () => true);
  await aws("rds:ModifyDBInstance", to, () => rds.send(new ModifyDBInstanceCommand(settings)));
  const secretGoesOn = `RDS continues to create the master password of ${to}: aws rds describe-db-instances --db-instance-identifier ${to}`;
  const restored = await untilAvailable(rds, to, secretGoesOn, work, hasSecret);
  for (const line of whatNow(database, restored)) work.report(line);
}

async function windowOf(rds: RDSClient, source: DBInstance): Promise<RestorableWindow> {
  const { DBInstanceAutomatedBackups } = await aws(
    "rds:DescribeDBInstanceAutomatedBackups",
    source.DBInstanceIdentifier ?? "",
    () => rds.send(new DescribeDBInstanceAutomatedBackupsCommand({ DbiResourceId: source.DbiResourceId })),
  );
  return {
    earliest: DBInstanceAutomatedBackups?.[0]?.RestoreWindow?.EarliestTime,
    latest: source.LatestRestorableTime,
  };
}

function hasSecret({ MasterUserSecret }: DBInstance): boolean {
  return MasterUserSecret?.SecretStatus === "active";
}

async function untilAvailable(
  rds: RDSClient,
  id: string,
  goesOn: string,
  work: Work,
  isReady: (instance: DBInstance) => boolean,
): Promise<DBInstance> {
  const report = onChange(work.report);
  const instance = await wait({ clock: work.clock, minutes: work.timeoutMinutes, goesOn }, async () => {
    const found = await findDatabase(rds, id);
    if (found === undefined) return undefined;
    report(`${id}: ${found.DBInstanceStatus}`);
    const isOver = found.DBInstanceStatus === "available" ? isReady(found) : FAILED.test(found.DBInstanceStatus ?? "");
    return isOver ? found : undefined;
  });
  if (instance?.DBInstanceStatus === "available") return instance;
  throw new ServiceError(
    `${id} is ${instance?.DBInstanceStatus ?? `not ready after ${work.timeoutMinutes} minutes`}\n${goesOn}`,
  );
}

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/accessing-monitoring.html */
const FAILED = /^(?:failed|restore-error|incompatible-)/;

function encryptionOf({ StorageEncrypted, KmsKeyId }: DBInstance): string {
  return StorageEncrypted === true ? `encrypted with ${KmsKeyId}` : "not encrypted, as the source is not";
}

function whatNow(source: string, { DBInstanceIdentifier: id, Endpoint, MasterUserSecret }: DBInstance): string[] {
  return [
    `${id} is available at ${Endpoint?.Address}:${Endpoint?.Port}; its master user is in ${MasterUserSecret?.SecretArn}`,
    "next steps:",
    `  1. Look at the data in ${id}. ${source} still runs, and clients still write to it.`,
    `  2. Copy what is missing back into ${source}; or stop the writers, and have them use ${id}.`,
    `  3. An instance that stays belongs into Terraform: import ${id}, and plan until nothing is left but what you want.`,
    `  4. An instance that goes is deleted by hand, with a last snapshot: ${id} is protected from deletion.`,
  ];
}
