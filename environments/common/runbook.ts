/** Parts that the runbooks of all standbys share: sections of steps, and the table of losses and times. */
import type { RecoveryPlan } from "../../lib";
import { type Step, written } from "./runbook-steps";

export function section(title: string, steps: readonly Step[]): string {
  return `## ${title}\n\n${written(steps)}`;
}

export function recoveryTable(recovery: RecoveryPlan): string {
  return `| store | strategy | maximum loss of data | time to recover |
| --- | --- | --- | --- |
${Object.entries(recovery.stores)
  .map(
    ([store, one]) =>
      `| ${store} | ${one.path} | ${one.reason ?? duration(one.recoveryPointSeconds ?? 0)} | ${duration(one.recoveryTimeSeconds)} |`,
  )
  .join("\n")}
| all together | | ${duration(recovery.recoveryPointSeconds)} | ${duration(recovery.recoveryTimeSeconds)} |`;
}

export function duration(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
