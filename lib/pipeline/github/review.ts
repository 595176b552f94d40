/** What the reviews of a merged pull request say about a commit that it brought. */
import { isAmong } from "./user";

export interface MergedPullRequest {
  readonly number: number;
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

export interface Reviewer {
  readonly login: string;
  /** ISO time. */
  readonly at: string;
}

/** Those whose approval counts, or why nobody's does. */
export type ReviewVerdict = { readonly reviewers: readonly Reviewer[] } | { readonly refused: string };

/**
 * @param writers logins of who wrote the commit
 * @param reviews the oldest first, as GitHub lists them
 */
export function reviewVerdict(
  { number, head, mergedAt }: MergedPullRequest,
  writers: readonly string[],
  reviews: readonly Review[],
): ReviewVerdict {
  const latest = new Map(
    reviews.filter((one) => one.mayWrite && DECIDING.includes(one.state)).map((one) => [one.login.toLowerCase(), one]),
  );
  const against = [...latest.values()].filter(({ state }) => state === "CHANGES_REQUESTED");
  if (against.length > 0) {
    return { refused: `${against.map(({ login }) => login).join(", ")} asked for changes to pull request #${number}` };
  }
  const approvals = [...latest.values()].filter(({ state }) => state === "APPROVED");
  if (approvals.length === 0) return { refused: `nobody approved pull request #${number}` };
  const problems = approvals.map(({ login, isPerson, commit, at }) => {
    if (isAmong(login, writers)) return `${login} wrote the commit and approved pull request #${number}`;
    if (!isPerson) return `${login} approved pull request #${number} and is a program`;
    if (commit !== head) return `${login} approved ${commit}, and ${head} was merged by pull request #${number}`;
    return at > mergedAt ? `${login} approved pull request #${number} after the merge` : undefined;
  });
  const counted = approvals.filter((_, i) => problems[i] === undefined);
  if (counted.length === 0) return { refused: problems.join("; ") };
  return { reviewers: counted.map(({ login, at }) => ({ login, at })) };
}

/** A later comment takes no approval back. */
const DECIDING = ["APPROVED", "CHANGES_REQUESTED", "DISMISSED"];

/** What identifies a commit where a rebase gave it another id. */
export interface CommitText {
  readonly sha: string;
  readonly message: string;
  /** Address and ISO time of the author, which a rebase keeps. */
  readonly authored: string;
}

/**
 * How a merged pull request brought a commit to main: as it was, as the rebased copy of another commit, or as the one commit that
 * the merge made, which holds all of the pull request. Undefined where it did not: that GitHub lists a pull request says nothing
 * about what was approved.
 */
export function broughtAs<T extends CommitText>(
  { sha, message, authored }: CommitText,
  merge: { readonly commits: readonly T[]; readonly mergeCommit: string | null },
): "itself" | "whole" | { readonly copyOf: T } | undefined {
  if (merge.commits.some((one) => one.sha === sha)) return "itself";
  const original = merge.commits.find((one) => one.message === message && one.authored === authored);
  if (original !== undefined) return { copyOf: original };
  return merge.mergeCommit === sha ? "whole" : undefined;
}
