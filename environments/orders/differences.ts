/**
 * Differences that follow from an environment's data: restored instances, copies of backups, and whether it serves
 * clients.
 */
import type { Difference } from "../../lib";
import { differencesOfDatabases, RESTORED } from "../common/databases";
import type { OrdersEnvironment } from "./environment";

const TURNED_AWAY = "The API refuses clients until production's orders are restored here.";

export function differencesOf({ serving, standby, database }: OrdersEnvironment): Difference[] {
  const { inUse } = database;
  const differs = (reason: string, ...places: readonly string[]) => places.map((at) => ({ at, reason }));
  return [
    ...(standby === null ? [] : differs("After a failover, clients stay with the standby.", "public_name.yields_to")),
    ...differencesOfDatabases(database),
    ...(serving && inUse === "own"
      ? []
      : differs(inUse === null ? TURNED_AWAY : RESTORED, "api_task.environment", "worker_task.environment")),
    ...(inUse === "own" ? [] : differs(inUse === null ? TURNED_AWAY : RESTORED, ...DATABASE_ALARMS)),
  ];
}

const DATABASE_ALARMS = ["connections", "cpu", "free-storage", "read-latency", "write-latency"].map(
  (alarm) => `alarms.alarms.database-${alarm}`,
);
