/** Targets of Formula's performance tests, as its requirements state them. They are the load to which staging scales. */
import type { RootProps } from "../../lib";

export const PERFORMANCE = {
  /** Peak of the API, with its latency. Tasks are added within some minutes, so that a shorter test would measure no scaling. */
  api: {
    method: "GET",
    path: "/health",
    load: { kind: "requestsPerMinute", count: 1000 },
    seconds: 600,
    p95Milliseconds: 200,
  },
  /** Peak of formula executions, with their latency. */
  executions: {
    method: "POST",
    path: "/executions",
    body: JSON.stringify({ formula: "1 + 1" }),
    load: { kind: "concurrentRequests", count: 500 },
    seconds: 120,
    p95Milliseconds: 500,
  },
} as const satisfies RootProps["performance"];
