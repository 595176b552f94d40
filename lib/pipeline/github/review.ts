/** Reviews of a merged pull request, and their validity for one of its commits. */
import { isAmong } from "./user";

export interface MergedPullRequest {
  readonly number: number;
  /** Last commit of the pull request. */
  readonly head: string;
  /** ISO time. */
  readonly mergedAt: string;
}

export interface Review {
  readonly login: string;
  readonly isPerson: boolean;
  /** Whether the reviewer has write access. GitHub counts no other approval, but everyone with read access can review. */
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

/** The reviewers with a valid approval, or the reason why there is none. */
export type ReviewVerdict = { readonly reviewers: readonly Reviewer[] } | { readonly refused: string };

/**
 * @param writers logins of the commit's writers
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
    return { refused: `${against.map(({ login }) => login).join(", ")} requested changes in pull request #${number}` };
  }
  const approvals = [...latest.values()].filter(({ state }) => state === "APPROVED");
  if (approvals.length === 0) return { refused: `nobody approved pull request #${number}` };
  const problems = approvals.map(({ login, isPerson, commit, at }) => {
    if (isAmong(login, writers)) return `${login} approved pull request #${number} and wrote the commit`;
    if (!isPerson) return `${login} approved pull request #${number} and is an app`;
    if (commit !== head)
      return `${login} approved commit ${commit} of pull request #${number}, and commit ${head} was merged`;
    return at > mergedAt ? `${login} approved pull request #${number} after the merge` : undefined;
  });
  const counted = approvals.filter((_, i) => problems[i] === undefined);
  if (counted.length === 0) return { refused: problems.join("; ") };
  return { reviewers: counted.map(({ login, at }) => ({ login, at })) };
}

/** A later comment does not withdraw an approval. */
const DECIDING = ["APPROVED", "CHANGES_REQUESTED", "DISMISSED"];

/** Identifies a commit after a rebase, which changes its SHA. */
export interface CommitText {
  readonly sha: string;
  readonly message: string;
  /** Address and ISO time of the author. A rebase does not change them. */
  readonly authored: string;
}

/**
 * How a merged pull request contains a commit of main: as the same commit, as a rebased copy, or as the squash of the whole pull
 * request. Undefined if it does not contain it: GitHub also lists pull requests of which other commits were approved.
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
