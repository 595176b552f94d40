/** Writers and reviewers of the commits that an apply includes. */
import type { ApprovalRecord } from "./approval";
import { MAIN } from "./branch";
import type { GitHub } from "./client";
import { MergedPullRequests } from "./merged";
import type { CommitPeople } from "./people";
import { COMMIT, signatureText } from "./writers";

export interface Origin {
  readonly people: CommitPeople;
  /** The same people, for the record of the apply. */
  readonly record: ApprovalRecord["commits"][number];
}

/** @returns one for each commit, or the commits whose author has no GitHub account */
export async function originsOf(
  github: GitHub,
  commits: readonly string[],
): Promise<readonly Origin[] | { readonly refused: readonly string[] }> {
  const pullRequests = new MergedPullRequests(github);
  const origins: Origin[] = [];
  const unknown: string[] = [];
  for (const id of commits) {
    const commit = await github.get("/repos/{owner}/{repo}/commits/{ref}", { ref: id }, COMMIT);
    if (!commit.author) {
      const author = signatureText(commit.commit.author);
      unknown.push(
        `commit ${id}: author: got ${author}, who has no GitHub account; allowed: an address of a GitHub account`,
      );
      continue;
    }
    const { writers, reviews } = await pullRequests.behind(commit);
    const reviewers = reviews.flatMap((one) =>
      "refused" in one ? [] : one.reviewers.map(({ login, at }) => ({ login, at, pullRequest: one.number })),
    );
    const reasons = reviews.flatMap((one) => ("refused" in one ? one.refused : []));
    const unreviewed = reasons.join("; ") || `no pull request merged it to ${MAIN}`;
    const { people, programs, withoutAccount } = writers;
    origins.push({
      people: {
        commit: id,
        writers: people,
        reviewers: reviewers.map(({ login }) => login),
        unreviewed: reviewers.length === 0 ? unreviewed : undefined,
      },
      record: {
        commit: id,
        writers: [...people],
        programs: [...programs],
        withoutAccount: [...withoutAccount],
        reviewers,
      },
    });
  }
  return unknown.length > 0 ? { refused: unknown } : origins;
}
