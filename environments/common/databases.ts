/** Database instances of a system with a standby: the one that was created empty, and those restored from copies of backups. */
import { type Difference, InputError } from "../../lib";
import { Rds } from "../../modules/rds";
import { RdsBackupReplication } from "../../modules/rds-backup-replication";
import { RdsMonitoringRole } from "../../modules/rds-monitoring-role";
import { databaseInputs } from "./database";
import { workloadsBoundaryArn } from "./delivery";
import type { Context, DatabaseSizing, PublicEnvironment } from "./environment";

/** Instances of the database, and the instance that the tasks use. */
export interface Databases {
  /** Whether the instance `<system>-<environment>` exists, which was created empty. A standby has none. */
  readonly own: boolean;
  /** Instance of another region whose backups are copied to this region; null without copies. */
  readonly copies: { readonly instance: string; readonly region: string } | null;
  /**
   * Instances restored from these copies, by the suffixes of their names: the time to restore, or null for the latest time.
   * Set an entry to null once its instance exists: then the copies may change or end.
   */
  readonly restored: Readonly<Record<string, { readonly time: string | null } | null>>;
  /** `own`, or the suffix of a restored instance's name; null while there is no instance to use. */
  readonly inUse: string | null;
}

export interface WithDatabases extends PublicEnvironment {
  /** Whether clients are served here. */
  readonly serving: boolean;
  readonly database: Databases;
  /** The environment whose standby this one is; null if it is no standby. */
  readonly standbyFor: object | null;
  readonly sizing: PublicEnvironment["sizing"] & { readonly database: DatabaseSizing<number> };
}

type Network = Parameters<typeof databaseInputs>[1];
type DatabaseInputs = Omit<ConstructorParameters<typeof Rds>[2], keyof ReturnType<typeof databaseInputs> | "name">;

/**
 * @param more inputs of `rds` that differ from its defaults
 * @returns the instance that the tasks use, or null if there is none; and the copies of backups
 * @throws InputError if the instances of the environment's data contradict each other
 */
export function databases(
  context: Context<WithDatabases>,
  network: Network,
  databaseName: string,
  more: DatabaseInputs = {},
) {
  const { root, environment, name } = context;
  const { own, restored, inUse } = environment.database;
  const problems = problemsOfDatabases(environment);
  if (problems.length > 0) throw new InputError(root.address, problems);
  const inputs = { ...databaseInputs(context, network, databaseName), ...more };
  const copies = backupReplication(context);
  const role = monitoringRole(context);
  const ownInstance = own ? new Rds(root, "database", { ...inputs, name }) : null;
  const instances = Object.entries(restored).map(([ending, from]) => {
    const instance = new Rds(root, restoredCall(ending), {
      ...inputs,
      name: `${name}-${ending}`,
      ...(role && { monitoringRole: { arn: role.arn } }),
      ...(from &&
        copies && {
          restore: { sourceDbInstanceAutomatedBackupsArn: copies.automatedBackupsArn, restoreTime: from.time },
        }),
    });
    return { ending, instance };
  });
  const database = inUse === "own" ? ownInstance : (instances.find(({ ending }) => ending === inUse)?.instance ?? null);
  return { database, copies };
}

/** Differences from environments without a standby that follow from the instances. */
export function differencesOfDatabases({ own, copies, restored }: Databases): Difference[] {
  const differs = (reason: string, ...places: readonly string[]) => places.map((at) => ({ at, reason }));
  return [
    ...(own
      ? []
      : differs("A standby has copies of backups. It gets a database when people restore one from them.", "database")),
    ...(copies === null
      ? []
      : differs("Copies of backups are a resource of the region that receives them.", "backup_replication")),
    ...differs(RESTORED, ...Object.keys(restored).map(restoredCall)),
  ];
}

export const RESTORED = "Restored from backups that were copied from another region.";

/** Name of the call of a restored instance. */
function restoredCall(ending: string): string {
  return `database_${ending.replaceAll("-", "_")}`;
}

function backupReplication({ root, environment, dataKeyArn }: Context<WithDatabases>) {
  const { account, sizing, database } = environment;
  if (database.copies === null) return null;
  return new RdsBackupReplication(root, "backup_replication", {
    accountId: account.id,
    sourceName: database.copies.instance,
    sourceRegion: database.copies.region,
    retentionDays: sizing.database.backupRetentionDays,
    kmsKeyArn: dataKeyArn,
  });
}

/** The role exists before a restore: IAM accepts changes in one region only, which may be down at that time. */
function monitoringRole({ root, environment, name }: Context<WithDatabases>) {
  const { account, standbyFor } = environment;
  if (standbyFor === null) return null;
  const permissionsBoundaryArn = workloadsBoundaryArn(account);
  return new RdsMonitoringRole(root, "monitoring_role", { name, accountId: account.id, permissionsBoundaryArn });
}

/** One line for each problem. */
function problemsOfDatabases({ serving, database }: Pick<WithDatabases, "serving" | "database">): string[] {
  const { own, copies, restored, inUse } = database;
  const there = [null, ...(own ? ["own"] : []), ...Object.keys(restored)];
  const without = Object.entries(restored).filter(([, from]) => from !== null && copies === null);
  return [
    ...(there.includes(inUse)
      ? []
      : [
          `database.inUse: got ${JSON.stringify(inUse)}; allowed: ${there.map((one) => JSON.stringify(one)).join(", ")}`,
        ]),
    ...(serving && inUse === null
      ? ["serving: got true without a database in use; allowed: false, or set database.inUse"]
      : []),
    ...without.map(([ending]) => `database.restored.${ending}: got a restore without copies; allowed: null`),
  ];
}
