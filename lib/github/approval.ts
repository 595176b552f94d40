/** Who approved an apply, and whether that counts: never who wrote the change, or set the apply off. */
import { z } from "zod";
import { MAIN, MODES } from "./gap";

/** What `groundplan approval --out` writes: evidence that an apply was approved. */
export const APPROVAL_RECORD = z.strictObject({
  format: z.literal(1),
  mode: z.enum(MODES),
  commit: z.string(),
  environment: z.string(),
  /** At least one, and none of them the author. */
  approvers: z.array(
    z.strictObject({
      login: z.string(),
      /** ISO time; null where GitHub tells none, as of the approval of an environment. Then `recordedAt` is shortly after. */
      at: z.string().nullable(),
      /** What the approver wrote. */
      comment: z.string().optional(),
    }),
  ),
  /** Login of who wrote the change. */
  author: z.string(),
  /** Login of who set the run off. */
  dispatcher: z.string(),
  /** Number of the pull request that brought the commit to main. */
  pullRequest: z.number().optional(),
  /** Id of the workflow run. */
  run: z.number(),
  /** ISO time. */
  recordedAt: z.string(),
});

export type ApprovalRecord = z.infer<typeof APPROVAL_RECORD>;
export type Approver = ApprovalRecord["approvers"][number];

/** Those who approved, or why their approval does not count. */
export type Verdict = { readonly approvers: readonly Approver[] } | { readonly refused: string };

/** An answer to a run that waited for its environments. */
export interface EnvironmentReview {
  readonly environments: readonly string[];
  readonly state: string;
  readonly login: string;
  readonly isPerson: boolean;
  readonly comment: string;
}

/** @param involved logins of the author and of who set the run off, with what they did */
export function environmentVerdict(
  environment: string,
  reviews: readonly EnvironmentReview[],
  involved: readonly Involved[],
): Verdict {
  const approvals = reviews.filter((one) => one.state === "approved" && one.environments.includes(environment));
  if (approvals.length === 0) return { refused: `nobody approved environment ${environment} in this run` };
  const problems = approvals.map((one) => objection(one, involved));
  const counted = approvals.filter((_, i) => problems[i] === undefined);
  if (counted.length === 0) return { refused: problems.join("; ") };
  return {
    approvers: counted.map(({ login, comment }) => ({ login, at: null, ...(comment !== "" && { comment }) })),
  };
}

export interface Involved {
  readonly login: string;
  /** As in "dana approved, who …": `wrote the change`. */
  readonly did: string;
}

export interface MergedPullRequest {
  readonly number: number;
  readonly author: string;
  /** The commit that reviewers saw last. */
  readonly head: string;
  /** ISO time. */
  readonly mergedAt: string;
}

export interface Review {
  readonly login: string;
  readonly isPerson: boolean;
  /** Whether the reviewer may write to the repository: GitHub counts no other approval, and lets anybody review who can read. */
  readonly mayWrite: boolean;
  readonly state: string;
  readonly commit: string | null;
  /** ISO time. */
  readonly at: string;
}

/** @param reviews the oldest first, as GitHub lists them */
export function reviewVerdict(pullRequest: MergedPullRequest, reviews: readonly Review[]): Verdict {
  const { number, author, head, mergedAt } = pullRequest;
  const latest = new Map(
    reviews.filter((one) => one.mayWrite && DECIDING.includes(one.state)).map((one) => [one.login.toLowerCase(), one]),
  );
  const against = [...latest.values()].filter(({ state }) => state === "CHANGES_REQUESTED");
  if (against.length > 0) {
    return { refused: `${against.map(({ login }) => login).join(", ")} asked for changes to pull request #${number}` };
  }
  const approvals = [...latest.values()].filter(({ state }) => state === "APPROVED");
  if (approvals.length === 0) return { refused: `nobody approved pull request #${number}` };
  const problems = approvals.map((one) => {
    const who = objection(one, [{ login: author, did: "wrote it" }]);
    if (who !== undefined) return who;
    if (one.commit !== head) return `${one.login} approved ${one.commit}, and ${head} was merged`;
    return one.at > mergedAt ? `${one.login} approved after the merge` : undefined;
  });
  const counted = approvals.filter((_, i) => problems[i] === undefined);
  if (counted.length === 0) return { refused: problems.join("; ") };
  return { approvers: counted.map(({ login, at }) => ({ login, at })) };
}

/** A later comment takes no approval back. */
const DECIDING = ["APPROVED", "CHANGES_REQUESTED", "DISMISSED"];

function objection(
  { login, isPerson }: { readonly login: string; readonly isPerson: boolean },
  involved: readonly Involved[],
): string | undefined {
  const own = involved.find((one) => one.login.toLowerCase() === login.toLowerCase());
  if (own !== undefined) return `${login} approved, who ${own.did}`;
  return isPerson ? undefined : `${login} approved, who is a program`;
}

/** A commit's pull request: what brought it to main. */
export function mergedBy<
  T extends { merged_at: string | null; merge_commit_sha: string | null; base: { ref: string } },
>(commit: string, pullRequests: readonly T[]): T | undefined {
  const merged = pullRequests.filter(({ merged_at, base }) => merged_at !== null && base.ref === MAIN);
  return merged.find(({ merge_commit_sha }) => merge_commit_sha === commit) ?? merged[0];
}
