/** Inputs of a recovery plan, and their validation. */
import { z } from "zod";
import { PATHS, type RecoveryPath } from "./paths";

export interface RecoveryTargets {
  /** Most seconds of data that may be lost (RPO). */
  readonly recoveryPointSeconds: number;
  /** Most seconds from the outage until the system answers from the other region (RTO). */
  readonly recoveryTimeSeconds: number;
}

export interface RecoveryInput {
  /** The system and environment, for messages: `environments/shop/prod`. */
  readonly place: string;
  readonly targets: RecoveryTargets;
  /** Every store of the system. Null for a store without a known path, which is an error. */
  readonly stores: Readonly<Record<string, RecoveryPath | null>>;
  /** Seconds of each further step: detection, decision, redirection of users. */
  readonly steps: Readonly<Record<string, number>>;
}

const POSITIVE = z.number().positive();
const SECONDS = z.number().min(0);

/** One line for each problem, all of them at once. */
export function problemsOfInput({ targets, stores, steps }: Omit<RecoveryInput, "place">): string[] {
  const { recoveryPointSeconds, recoveryTimeSeconds } = targets;
  return [
    ...problem("targets.recoveryPointSeconds", recoveryPointSeconds, SECONDS, "seconds, not below 0"),
    ...problem("targets.recoveryTimeSeconds", recoveryTimeSeconds, SECONDS, "seconds, not below 0"),
    ...Object.entries(stores).flatMap(([name, path]) => problemsOfStore(`stores.${name}`, path)),
    ...Object.entries(steps).flatMap(([name, seconds]) =>
      problem(`steps.${name}`, seconds, SECONDS, "seconds, not below 0"),
    ),
  ];
}

function problemsOfStore(place: string, store: RecoveryInput["stores"][string]): string[] {
  if (store === null) return problem(place, null, z.never(), `a path that is one of ${PATHS.join(", ")}`);
  if (store.path === "accepted-loss") {
    return problem(`${place}.reason`, store.reason, z.string().regex(/\S/), "the reason why its loss is accepted");
  }
  if (store.path !== "replicated-backups" && store.path !== "own-backups") return [];
  const { storageGiB, restoreGiBPerHour = 1 } = store;
  const { replicationLagSeconds = 0 } = store.path === "replicated-backups" ? store : {};
  return [
    ...problem(`${place}.storageGiB`, storageGiB, POSITIVE, "more than 0"),
    ...problem(`${place}.replicationLagSeconds`, replicationLagSeconds, SECONDS, "seconds, not below 0"),
    ...problem(`${place}.restoreGiBPerHour`, restoreGiBPerHour, POSITIVE, "more than 0"),
  ];
}

/** `NaN` and `Infinity` are refused as well. */
function problem(place: string, got: unknown, schema: z.core.$ZodType, allowed: string): string[] {
  if (z.safeParse(schema, got).success) return [];
  return [`${place}: got ${typeof got === "string" ? JSON.stringify(got) : String(got)}; allowed: ${allowed}`];
}
