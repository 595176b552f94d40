/** Performance tests of an environment: the peaks that its sizes are made for, and the latencies that its alarms watch. */
import type { RootProps } from "../../lib";
import { HEALTH_PATH } from "./context";
import type { FormulaEnvironment } from "./environment";
import { EXECUTIONS_PATH } from "./operations";

/** Undefined without targets, as in development. */
export function performanceTests({ sizing }: FormulaEnvironment): RootProps["performance"] {
  const { alarms, formula, peakRequestsPerMinute } = sizing;
  if ("none" in alarms) return undefined;
  return {
    // Tasks are added within some minutes: a shorter test would measure no scaling.
    api: {
      method: "GET",
      path: HEALTH_PATH,
      load: { kind: "requestsPerMinute", count: peakRequestsPerMinute },
      seconds: 600,
      p95Milliseconds: alarms.apiLatencyMilliseconds,
    },
    executions: {
      method: "POST",
      path: EXECUTIONS_PATH,
      body: JSON.stringify({ formula: "1 + 1" }),
      load: { kind: "concurrentRequests", count: formula.reservedConcurrency },
      seconds: 120,
      p95Milliseconds: alarms.formulaMilliseconds,
    },
  };
}
