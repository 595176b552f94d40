/** The log of requests that a mock of AWS received. */
import { readFileSync } from "node:fs";
import { z } from "zod";

const REQUEST = z.object({
  /** Name that the request is signed for: `monitoring` for CloudWatch. */
  service: z.string(),
  action: z.string(),
  /** Region of the signature. For some global services, such as IAM, it is the region of the client. */
  region: z.string(),
});

export type LoggedRequest = z.infer<typeof REQUEST>;

/** @param log file that `withCloud` was given @returns all requests until now, in their order */
export function requestsIn(log: string): LoggedRequest[] {
  return readFileSync(log, "utf8")
    .split("\n")
    .flatMap((line) => (line === "" ? [] : [REQUEST.parse(JSON.parse(line))]));
}
