/** Database instances: the one that was created empty, and those that were restored from copies of backups. */
import { InputError } from "../../lib";
import { Rds } from "../../modules/rds";
import { RdsBackupReplication } from "../../modules/rds-backup-replication";
import { RdsMonitoringRole } from "../../modules/rds-monitoring-role";
import { databaseInputs } from "../common/database";
import { workloadsBoundaryArn } from "../common/delivery";
import type { Context } from "./context";
import type { OrdersEnvironment } from "./environment";
import type { Network } from "./network";

export const DATABASE_NAME = "orders";

/** The instance that the tasks use; null if there is none. */
export function database(context: Context, network: Network) {
  const { root, environment, name } = context;
  const { own, restored, inUse } = environment.database;
  const problems = problemsOfDatabases(environment);
  if (problems.length > 0) throw new InputError(root.address, problems);
  const inputs = databaseInputs(context, network, DATABASE_NAME);
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
  return inUse === "own" ? ownInstance : (instances.find(({ ending }) => ending === inUse)?.instance ?? null);
}

/** Name of the call of a restored instance. */
export function restoredCall(ending: string): string {
  return `database_${ending.replaceAll("-", "_")}`;
}

function backupReplication({ root, environment, dataKeyArn }: Context) {
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
function monitoringRole({ root, environment, name }: Context) {
  const { account, standbyFor } = environment;
  if (standbyFor === null) return null;
  const permissionsBoundaryArn = workloadsBoundaryArn(account);
  return new RdsMonitoringRole(root, "monitoring_role", { name, accountId: account.id, permissionsBoundaryArn });
}

/** One line for each problem. */
function problemsOfDatabases({ serving, database }: Pick<OrdersEnvironment, "serving" | "database">): string[] {
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
