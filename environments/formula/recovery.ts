/** Loss of data and time after an outage, held against the targets of the environment's data at each synth. */
import { InputError, planRecovery, type RecoveryInput, type RecoveryPlan } from "../../lib";
import type { FormulaEnvironment, StandbyFor } from "./environment";

/** Duration of the steps other than the restore, in seconds. */
const STEPS = {
  notice: 5 * 60,
  decide: 30 * 60,
  "plan, approve and apply": 40 * 60,
  deploy: 15 * 60,
  "declare, and wait for DNS": 5 * 60,
} as const;

/**
 * AWS states no bound of the lag of copied transaction logs. The alarm of `rds-backup-lag` is raised when it exceeds this one, so
 * that people know it before they need the copies.
 */
const COPY_LAG_SECONDS = 10 * 60;

/**
 * An assumption, which the quarterly restore measures: less than a db.m7g.large reads at its baseline (630 Mbit/s, 264 GiB an
 * hour), while an io2 volume with 3,000 IOPS delivers 768 MiB/s.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ebs-optimized.html
 */
const RESTORE_GIB_PER_HOUR = 200;

/** @throws InputError if a target is missed after an outage of the primary's region */
export function standbyRecovery(environment: FormulaEnvironment, { targets }: StandbyFor): RecoveryPlan {
  const { maxAllocatedStorageGiB: storageGiB } = environment.sizing.database;
  return held(environment, {
    targets,
    stores: {
      database: {
        path: "replicated-backups",
        storageGiB,
        replicationLagSeconds: COPY_LAG_SECONDS,
        restoreGiBPerHour: RESTORE_GIB_PER_HOUR,
      },
      secrets: { path: "replicated-secrets" },
      keys: { path: "own-in-each-region" },
      images: {
        path: "accepted-loss",
        reason: "They hold no data. ECR copies most in 30 minutes, and the pipeline pushes a missing one again.",
      },
      users: {
        path: "accepted-loss",
        reason:
          "Cognito gives out no passwords. SSO users come back at their next sign-in, others set a password anew.",
      },
      logs: { path: "accepted-loss", reason: "They stay in their region, and people read them when it answers again." },
    },
    steps: STEPS,
  });
}

/** @throws InputError if a target is missed after a loss of the database in its own region */
export function restoreInRegion(environment: FormulaEnvironment): RecoveryPlan | null {
  const { recoveryTargets: targets, sizing } = environment;
  if (targets === null) return null;
  const { maxAllocatedStorageGiB: storageGiB } = sizing.database;
  return held(environment, {
    targets,
    stores: { database: { path: "own-backups", storageGiB, restoreGiBPerHour: RESTORE_GIB_PER_HOUR } },
    steps: STEPS,
  });
}

function held({ name }: FormulaEnvironment, input: Omit<RecoveryInput, "place">): RecoveryPlan {
  const place = `environments/formula/${name}`;
  const plan = planRecovery({ ...input, place });
  if (plan.missed.length > 0) throw new InputError(`${place}: recovery`, plan.missed);
  return plan;
}
