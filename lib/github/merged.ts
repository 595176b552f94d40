/** The pull request that brought a commit to main, and what its reviewers said. */
import { z } from "zod";
import { type MergedPullRequest, mergedBy, type Review, reviewVerdict, type Verdict } from "./approval";
import { asksCodeOwners } from "./branch";
import { readMainProtection } from "./branch-rules";
import type { GitHub } from "./client";
import { GitHubError } from "./failure";
import { MAIN } from "./gap";
import { USER } from "./user";

const PULL_REQUEST = z.object({
  number: z.number(),
  merged_at: z.string().nullable(),
  merge_commit_sha: z.string().nullable(),
  base: z.object({ ref: z.string() }),
  head: z.object({ sha: z.string() }),
  user: USER.nullable(),
});

export async function pullRequestOf(github: GitHub, commit: string): Promise<MergedPullRequest | undefined> {
  const path = "/repos/{owner}/{repo}/commits/{commit_sha}/pulls";
  const merged = mergedBy(commit, await github.all(path, { commit_sha: commit }, PULL_REQUEST));
  if (merged?.user == null || merged.merged_at === null) return undefined;
  const { number, head, user, merged_at } = merged;
  const writers = [...new Set([user.login, ...(await writersOfAll(github, number))])];
  return { number, author: user.login, writers, head: head.sha, mergedAt: merged_at };
}

/** GitHub's answer where the address in the commit belongs to nobody is null, or an object with nothing in it. */
const SOMEBODY = z.object({ login: z.string().optional() }).nullish();

const COMMIT = z.object({ author: SOMEBODY, committer: SOMEBODY });

/** Logins of who wrote a commit and who made it; web-flow makes those of GitHub's own pages. */
function writers({ author, committer }: z.infer<typeof COMMIT>): string[] {
  return [author?.login, committer?.login]
    .filter((login) => login !== undefined)
    .filter((login) => login !== "web-flow");
}

/** @see https://docs.github.com/en/rest/pulls/pulls#list-commits-on-a-pull-request */
const LISTED_COMMITS = 250;

async function writersOfAll(github: GitHub, pullRequest: number): Promise<string[]> {
  const path = "/repos/{owner}/{repo}/pulls/{pull_number}/commits";
  const commits = await github.all(path, { pull_number: pullRequest }, COMMIT);
  if (commits.length < LISTED_COMMITS) return commits.flatMap(writers);
  const said = `pull request #${pullRequest} has ${LISTED_COMMITS} commits or more: GitHub does not tell who wrote the rest`;
  throw new GitHubError(`GitHub: ${said}`, 0, said);
}

/** The author first; none where the author's address belongs to no user. */
export async function writersOf(github: GitHub, commit: string): Promise<string[]> {
  const one = await github.get("/repos/{owner}/{repo}/commits/{ref}", { ref: commit }, COMMIT);
  return one.author?.login === undefined ? [] : [...new Set(writers(one))];
}

const COMPARISON = z.object({ status: z.enum(["diverged", "ahead", "behind", "identical"]) });

/** Where main asks for a review by code owners, GitHub merges nothing without one: that it did is what we rely on. */
export async function ownersVerdict(
  github: GitHub,
  commit: string,
  pullRequest: MergedPullRequest | undefined,
): Promise<Verdict> {
  const basehead = `${MAIN}...${commit}`;
  const { status } = await github.get("/repos/{owner}/{repo}/compare/{basehead}", { basehead }, COMPARISON);
  if (status !== "behind" && status !== "identical") return { refused: `the commit is not on ${MAIN}` };
  if (pullRequest === undefined) return { refused: `the commit came to ${MAIN} without a pull request` };
  const protection = await readMainProtection(github);
  if (!asksCodeOwners(protection)) {
    const why = protection.unreadable === undefined ? "" : `, as far as can be read: ${protection.unreadable}`;
    return { refused: `${MAIN} asks for no review by code owners${why}` };
  }
  return reviewVerdict(pullRequest, await reviewsOf(github, pullRequest.number));
}

const REVIEW = z.object({
  state: z.string(),
  commit_id: z.string().nullable(),
  submitted_at: z.string().default(""),
  user: USER.nullable(),
});

const PERMISSION = z.object({ permission: z.string() });

async function reviewsOf(github: GitHub, pullRequest: number): Promise<Review[]> {
  const path = "/repos/{owner}/{repo}/pulls/{pull_number}/reviews";
  const reviews = await github.all(path, { pull_number: pullRequest }, REVIEW);
  const permissions = new Map<string, string>();
  for (const login of new Set(reviews.flatMap(({ user }) => user?.login ?? []))) {
    const one = "/repos/{owner}/{repo}/collaborators/{username}/permission";
    permissions.set(login, (await github.get(one, { username: login }, PERMISSION)).permission);
  }
  return reviews.flatMap(({ state, commit_id, submitted_at, user }) => {
    if (user === null) return [];
    const { login, type } = user;
    const mayWrite = ["admin", "write"].includes(permissions.get(login) ?? "");
    return [{ login, isPerson: type === "User", mayWrite, state, commit: commit_id, at: submitted_at }];
  });
}
