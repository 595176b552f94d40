/** Who approved an apply, and whether that counts: never who wrote the change, or set the apply off. */
import { z } from "zod";
import { APPROVALS } from "../gate/context";
import { MAIN, MODES } from "./gap";

/** What `groundplan approval --out` writes: evidence that an apply was approved. */
export const APPROVAL_RECORD = z.strictObject({
  format: z.literal(1),
  mode: z.enum(MODES),
  commit: z.string(),
  environment: z.string(),
  /** At least one, and none of them a writer. */
  approvers: z.array(
    z.strictObject({
      login: z.string(),
      /** ISO time; null where GitHub tells none, as of the approval of an environment. Then `recordedAt` is shortly after. */
      at: z.string().nullable(),
      /** What the approver wrote. */
      comment: z.string().optional(),
    }),
  ),
  /** Login of who opened the pull request; without one, of who wrote the commit. */
  author: z.string(),
  /** Logins of everybody who wrote a part of the change, the author among them. */
  writers: z.array(z.string()),
  /** Login of who set the run off. */
  dispatcher: z.string(),
  /** What the gate missed and who set the run off approved by naming it; only in the mode `codeowners`. */
  approvals: z.array(z.enum(APPROVALS)),
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

/**
 * An approval by somebody who is involved refuses, whoever else approved: GitHub let the job go on after one of them, and does
 * not tell which.
 * @param involved logins of the writers and of who set the run off, with what they did
 */
export function environmentVerdict(
  environment: string,
  reviews: readonly EnvironmentReview[],
  involved: readonly Involved[],
): Verdict {
  const approvals = reviews.filter((one) => one.state === "approved" && one.environments.includes(environment));
  if (approvals.length === 0) return { refused: `nobody approved environment ${environment} in this run` };
  const own = approvals.flatMap((one) => ownPart(one, involved) ?? []);
  if (own.length > 0) return { refused: own.join("; ") };
  const counted = approvals.filter(({ isPerson }) => isPerson);
  if (counted.length === 0) return { refused: approvals.map(isProgram).join("; ") };
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
  /** Logins of everybody who wrote a part of it, the author first. */
  readonly writers: readonly string[];
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
  const { number, writers, head, mergedAt } = pullRequest;
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
    const own = ownPart(
      one,
      writers.map((login) => ({ login, did: "wrote it" })),
    );
    if (own !== undefined) return own;
    if (!one.isPerson) return isProgram(one);
    if (one.commit !== head) return `${one.login} approved ${one.commit}, and ${head} was merged`;
    return one.at > mergedAt ? `${one.login} approved after the merge` : undefined;
  });
  const counted = approvals.filter((_, i) => problems[i] === undefined);
  if (counted.length === 0) return { refused: problems.join("; ") };
  return { approvers: counted.map(({ login, at }) => ({ login, at })) };
}

/** A later comment takes no approval back. */
const DECIDING = ["APPROVED", "CHANGES_REQUESTED", "DISMISSED"];

function ownPart({ login }: { readonly login: string }, involved: readonly Involved[]): string | undefined {
  const own = involved.find((one) => isSame(one.login, login));
  return own === undefined ? undefined : `${login} approved, who ${own.did}`;
}

function isProgram({ login }: { readonly login: string }): string {
  return `${login} approved, who is a program`;
}

/** No two logins of GitHub differ in their case alone. */
export function isSame(login: string, other: string): boolean {
  return login.toLowerCase() === other.toLowerCase();
}

/** The pull request whose merge made the commit: that it brought the commit along says nothing about what was approved. */
export function mergedBy<
  T extends { merged_at: string | null; merge_commit_sha: string | null; base: { ref: string } },
>(commit: string, pullRequests: readonly T[]): T | undefined {
  return pullRequests.find(
    ({ merged_at, merge_commit_sha, base }) => merged_at !== null && base.ref === MAIN && merge_commit_sha === commit,
  );
}
