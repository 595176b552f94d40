/** Loss of data and time after an outage of production's region. */
import { InputError, planRecovery, type RecoveryPlan } from "../../lib";
import type { OrdersEnvironment, StandbyFor } from "./environment";

/** Duration of the steps other than the restore, in seconds. */
const STEPS = {
  notice: 5 * 60,
  decide: 30 * 60,
  "plan, approve and apply": 40 * 60,
  deploy: 15 * 60,
} as const;

/** @throws InputError if a store has no recovery path, or if the plan misses a target */
export function recovery({ name, sizing }: OrdersEnvironment, { targets }: StandbyFor): RecoveryPlan {
  const place = `environments/orders/${name}`;
  const plan = planRecovery({
    place,
    targets,
    stores: {
      database: { path: "replicated-backups", storageGiB: sizing.database.maxAllocatedStorageGiB },
      images: { path: "replicated-images" },
      secrets: { path: "replicated-secrets" },
      keys: { path: "own-in-each-region" },
      queue: {
        path: "accepted-loss",
        reason: "The API writes an order to the database before it sends it to the queue, and can send it again.",
      },
      logs: { path: "accepted-loss", reason: "They stay in their region, and people read them when it answers again." },
    },
    steps: STEPS,
  });
  if (plan.missed.length > 0) throw new InputError(`${place}: recovery`, plan.missed);
  return plan;
}
