/** Differences that follow from an environment's data: what is restored, what is copied, and whether clients are wanted. */
import type { Difference } from "../../lib";
import { restoredCall } from "./databases";
import type { OrdersEnvironment } from "./environment";

const TURNED_AWAY = "Clients are turned away until production's orders have been restored here.";
const RESTORED = "Restored from backups that were copied from another region.";

export function differencesOf({ serving, standby, database }: OrdersEnvironment): Difference[] {
  const { own, copies, restored, inUse } = database;
  const differs = (reason: string, ...places: readonly string[]) => places.map((at) => ({ at, reason }));
  return [
    ...(standby === null ? [] : differs("Clients stay with a standby that took over.", "public_name.yields_to")),
    ...(own
      ? []
      : differs("A standby has copies of backups, and a database once one is restored from them.", "database")),
    ...(copies === null
      ? []
      : differs("Copies of a database's backups belong to the region that they go to.", "backup_replication")),
    ...differs(RESTORED, ...Object.keys(restored).map(restoredCall)),
    ...(serving && inUse === "own"
      ? []
      : differs(inUse === null ? TURNED_AWAY : RESTORED, "api_task.environment", "worker_task.environment")),
    ...(inUse === "own" ? [] : differs(inUse === null ? TURNED_AWAY : RESTORED, ...DATABASE_ALARMS)),
  ];
}

const DATABASE_ALARMS = ["connections", "cpu", "free-storage", "read-latency", "write-latency"].map(
  (alarm) => `alarms.alarms.database-${alarm}`,
);
