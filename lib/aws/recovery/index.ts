/** Loss of data and time when a region fails, from the values that a system is planned with. */
import { InputError } from "../../common/errors";
import { problemsOfInput, type RecoveryInput, type RecoveryTargets } from "./input";
import { type RecoveryPath, recoveryOf } from "./paths";

export type { RecoveryInput, RecoveryTargets } from "./input";
export type { RecoveryPath } from "./paths";

export interface RecoveryPlan {
  readonly stores: Readonly<Record<string, StoreRecovery>>;
  /** The maximum over all stores, without accepted losses. */
  readonly recoveryPointSeconds: number;
  /** The sum of all steps and stores, which one person does in sequence. */
  readonly recoveryTimeSeconds: number;
  /** One sentence for each missed target. */
  readonly missed: readonly string[];
}

export interface StoreRecovery {
  readonly path: RecoveryPath["path"];
  /** Null if the loss is accepted. */
  readonly recoveryPointSeconds: number | null;
  /** Of this store alone. */
  readonly recoveryTimeSeconds: number;
  /** Why its loss is accepted; null if it is not. */
  readonly reason: string | null;
}

/** @throws InputError naming every store without a path, and every value that cannot be. */
export function planRecovery({ place, targets, stores, steps }: RecoveryInput): RecoveryPlan {
  const problems = problemsOfInput({ targets, stores, steps });
  if (problems.length > 0) throw new InputError(place, problems);
  const planned = Object.entries(stores).flatMap(([name, path]): [string, StoreRecovery][] =>
    path === null ? [] : [[name, storeRecovery(path)]],
  );
  const points = planned.map(([, { recoveryPointSeconds }]) => recoveryPointSeconds ?? 0);
  const times = [...Object.values(steps), ...planned.map(([, { recoveryTimeSeconds }]) => recoveryTimeSeconds)];
  const recoveryTimeSeconds = times.reduce((sum, seconds) => sum + seconds, 0);
  return {
    stores: Object.fromEntries(planned),
    recoveryPointSeconds: Math.max(0, ...points),
    recoveryTimeSeconds,
    missed: [...missedPoints(planned, targets), ...missedTime(recoveryTimeSeconds, targets)],
  };
}

function storeRecovery(path: RecoveryPath): StoreRecovery {
  const { pointSeconds, timeSeconds } = recoveryOf(path);
  return {
    path: path.path,
    recoveryPointSeconds: pointSeconds,
    recoveryTimeSeconds: timeSeconds,
    reason: path.path === "accepted-loss" ? path.reason : null,
  };
}

function missedPoints(planned: readonly [string, StoreRecovery][], targets: RecoveryTargets): string[] {
  return planned
    .filter(([, { recoveryPointSeconds }]) => (recoveryPointSeconds ?? 0) > targets.recoveryPointSeconds)
    .map(
      ([name, { path, recoveryPointSeconds }]) =>
        `${name}: by ${path} data of ${recoveryPointSeconds} seconds are lost; the target is ${targets.recoveryPointSeconds}`,
    );
}

function missedTime(seconds: number, targets: RecoveryTargets): string[] {
  if (seconds <= targets.recoveryTimeSeconds) return [];
  return [`all together: the recovery takes ${seconds} seconds; the target is ${targets.recoveryTimeSeconds}`];
}
