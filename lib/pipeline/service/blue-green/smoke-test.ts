/** Requests the health of a colour by its own name, whichever colour gets the requests of clients. */
import { ServiceError } from "../failure";
import { onChange, type Work, wait } from "../waiting";
import type { Colours } from "./colours";

/** The status of the answer, or the reason why there is none. */
export type Get = (url: string) => Promise<number | string>;

/** Successes in a row: the load balancer distributes the requests among the tasks. */
const SUCCESSES = 5;

/** @param path such as /health @throws ServiceError if the colour does not answer with status 200 in time */
export async function smokeTest(
  { domain }: Pick<Colours, "domain">,
  colour: string,
  path: string,
  get: Get,
  work: Work,
): Promise<void> {
  const url = `https://${colour}.${domain}${path}`;
  const report = onChange(work.report);
  let inRow = 0;
  let last: number | string = "no answer";
  const end = await wait(
    { clock: work.clock, minutes: work.timeoutMinutes, goesOn: `${url} is not tested` },
    async () => {
      for (inRow = 0; inRow < SUCCESSES; inRow += 1) {
        last = await get(url);
        if (last !== 200) break;
      }
      if (inRow < SUCCESSES) report(`${url}: got ${last}`);
      return inRow === SUCCESSES || undefined;
    },
  );
  if (end === undefined) {
    throw new ServiceError(
      `${url}: got ${last} after ${work.timeoutMinutes} minutes; allowed: ${SUCCESSES} answers with status 200 in a row`,
    );
  }
  work.report(`${url}: ${SUCCESSES} answers with status 200`);
}

/** Time in which the health has to answer. */
const ANSWER_MS = 5_000;

export async function getStatus(url: string): Promise<number | string> {
  try {
    const answer = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(ANSWER_MS) });
    await answer.body?.cancel();
    return answer.status;
  } catch (error) {
    return error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
  }
}
