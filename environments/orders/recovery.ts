/** What the failure of production's region costs, and what people do about it. */
import { InputError, planRecovery, type RecoveryPlan } from "../../lib";
import type { OrdersEnvironment, StandbyFor } from "./environment";

/** What people and programs do beside restoring, in seconds. */
const STEPS = {
  notice: 5 * 60,
  decide: 30 * 60,
  "plan, approve and apply": 40 * 60,
  deploy: 15 * 60,
} as const;

/** @throws InputError where a store has no path, or a target is missed */
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
        reason: "An order is in the database before it is in the queue; the API sends again what was not worked on.",
      },
      logs: { path: "accepted-loss", reason: "They are read where they are, once the region answers again." },
    },
    steps: STEPS,
  });
  if (plan.missed.length > 0) throw new InputError(`${place}: recovery`, plan.missed);
  return plan;
}
