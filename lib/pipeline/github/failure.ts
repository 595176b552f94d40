/** Failed requests to GitHub, with hints for the person who reads the log of the job. */
import { z } from "zod";
import { Refusal } from "../../common/errors";

/** A failed request to GitHub. The message is one line without the token. */
export class GitHubError extends Refusal {
  override readonly name = "GitHubError";
  constructor(
    message: string,
    /** Status of the response; 0 without a response. */
    readonly status: number,
    /** GitHub's message. */
    readonly said: string,
  ) {
    super(message);
  }
}

const REFUSAL = z.object({
  status: z.number(),
  message: z.string(),
  response: z
    .object({
      headers: z.record(z.string(), z.unknown()).default({}),
      data: z.object({ message: z.string() }).optional().catch(undefined),
    })
    .optional(),
});

/** @param route method and path, as in GitHub's documentation */
export function failureOf(route: string, error: unknown): GitHubError {
  if (error instanceof GitHubError) return error;
  const { data: refusal } = REFUSAL.safeParse(error);
  if (refusal?.response === undefined) {
    const said = oneLine(error instanceof Error ? error.message : String(error));
    return new GitHubError(`GitHub: ${route}: got no response: ${said}`, 0, said);
  }
  const { status, response } = refusal;
  const said = oneLine(response.data?.message ?? refusal.message);
  return new GitHubError(`GitHub: ${route}: ${reason(status, said, response.headers)}`, status, said);
}

type Headers = Readonly<Record<string, unknown>>;

function reason(status: number, said: string, headers: Headers): string {
  const limit = limitOf(status, said, headers);
  if (limit !== undefined) return limit;
  const hint = HINTS[status]?.(headers) ?? "";
  return `${status} ${said}${hint === "" ? "" : `; ${hint}`}`;
}

const HINTS: Readonly<Record<number, (headers: Headers) => string>> = {
  401: () => "GITHUB_TOKEN is invalid or has expired",
  403: (headers) => {
    const needed = headers["x-accepted-github-permissions"];
    return `GITHUB_TOKEN lacks a permission${typeof needed === "string" ? `: ${needed}` : ""}`;
  },
  404: () => "it does not exist, or GITHUB_TOKEN has no access to it",
  410: () => "it is disabled in this repository",
};

/** @see https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit */
function limitOf(status: number, said: string, headers: Headers): string | undefined {
  const isSpent = headers["x-ratelimit-remaining"] === "0" || headers["retry-after"] !== undefined;
  if (![403, 429].includes(status) || !(isSpent || /rate limit/i.test(said))) return undefined;
  const [wait, reset] = [Number(headers["retry-after"]), Number(headers["x-ratelimit-reset"])];
  if (wait > 0) return `${status} rate limit; try again in ${wait} seconds`;
  return `${status} rate limit; try again ${reset > 0 ? `after ${new Date(reset * 1000).toISOString()}` : "later"}`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
