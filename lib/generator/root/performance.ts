/** Targets of performance tests, in the data of an environment. */
import { z } from "zod";
import { text } from "../inputs/schema";

/** One kind of request, how many of them arrive, and how fast the answers are. */
const SCENARIO = z.object({
  method: z.enum(["GET", "POST"]),
  path: text(/^\/[\w./-]*$/, "a path such as /health", "health"),
  /** Body of a POST, as JSON. Default: none. */
  body: z.string().optional(),
  /**
   * `requestsPerMinute`: requests start at equal intervals, whether earlier ones have been answered or not.
   * `concurrentRequests`: as many are unanswered at the same time, and each answer starts another one.
   */
  load: z.object({
    kind: z.enum(["requestsPerMinute", "concurrentRequests"]),
    count: z.int().min(1).max(60_000),
  }),
  seconds: z.int().min(1).max(1800),
  /** 95 of 100 answers have arrived after this time. */
  p95Milliseconds: z.int().min(1).max(30_000),
});

/** Scenarios by name. They run one after the other. */
export const PERFORMANCE = z.record(text(/^[a-z][a-z0-9-]*$/, "a name such as api", "API"), SCENARIO);

export type PerformanceScenario = Readonly<z.infer<typeof SCENARIO>>;
