/** Merged pull requests of commits on main, and their reviews. */
import { z } from "zod";
import { MAIN } from "./branch";
import type { GitHub } from "./client";
import { GitHubError } from "./failure";
import { broughtAs, type CommitText, type Review, type ReviewVerdict, reviewVerdict } from "./review";
import { distinct, isPerson, USER } from "./user";
import { COMMIT, type Commit, type Writers, writersOf } from "./writers";

const PULL_REQUEST = z.object({
  number: z.number(),
  merged_at: z.string().nullable(),
  merge_commit_sha: z.string().nullable(),
  base: z.object({ ref: z.string() }),
  head: z.object({ sha: z.string() }),
  user: USER.nullable(),
});

type PullRequest = z.infer<typeof PULL_REQUEST>;

/** Writers and reviews of a commit. */
export interface Behind {
  readonly writers: Writers;
  /** One for each merged pull request with this commit. */
  readonly reviews: readonly ({ readonly number: number } & ReviewVerdict)[];
}

/** The merged pull requests of a repository. Each is requested once for all commits. */
export class MergedPullRequests {
  private readonly commits = new Map<number, Promise<Commit[]>>();
  private readonly reviews = new Map<number, Promise<Review[]>>();
  private readonly permissions = new Map<string, Promise<boolean>>();

  constructor(private readonly github: GitHub) {}

  /**
   * A squash commit was written by all writers of its pull request. For a rebased copy, GitHub sets the person who merged as the
   * committer: the writers are those of the original commit.
   */
  async behind(commit: Commit): Promise<Behind> {
    const brought = await this.broughtBy(commit);
    const whole = brought.filter(({ as }) => as === "whole");
    const originals = brought.flatMap(({ as }) => (typeof as === "object" ? as.copyOf.commit : []));
    const parts = await Promise.all([
      ...(originals.length > 0 ? originals : [commit]).map((one) => writersOf(this.github, one)),
      ...whole.map(({ pullRequest }) => this.writersOfAll(pullRequest)),
    ]);
    const writers = {
      people: distinct(parts.flatMap(({ people }) => people)),
      programs: distinct(parts.flatMap(({ programs }) => programs)),
      withoutAccount: [...new Set(parts.flatMap(({ withoutAccount }) => withoutAccount))],
    };
    const reviews = brought.map(async ({ pullRequest: { number, head, mergedAt } }) => {
      const all = await remembered(this.reviews, number, () => this.reviewsOf(number));
      return { number, ...reviewVerdict({ number, head: head.sha, mergedAt }, writers.people, all) };
    });
    return { writers, reviews: await Promise.all(reviews) };
  }

  private async broughtBy(commit: Commit) {
    const path = "/repos/{owner}/{repo}/commits/{commit_sha}/pulls";
    const listed = await this.github.all(path, { commit_sha: commit.sha }, PULL_REQUEST);
    const found = listed.map(async (one) => {
      const { number, merged_at: mergedAt, merge_commit_sha: mergeCommit, base } = one;
      if (mergedAt === null || base.ref !== MAIN) return [];
      const commits = (await this.commitsOf(number)).map((own) => ({ ...textOf(own), commit: own }));
      const as = broughtAs(textOf(commit), { commits, mergeCommit });
      return as === undefined ? [] : [{ as, pullRequest: { ...one, mergedAt } }];
    });
    return (await Promise.all(found)).flat();
  }

  private async writersOfAll({ number, user }: PullRequest): Promise<Writers> {
    const commits = await this.commitsOf(number);
    if (commits.length >= LISTED_COMMITS) {
      const said = `pull request #${number}: got ${LISTED_COMMITS} commits or more; allowed: fewer, as GitHub lists no more authors`;
      throw new GitHubError(`GitHub: ${said}`, 0, said);
    }
    const all = await Promise.all(commits.map((one) => writersOf(this.github, one)));
    const [people, programs] = user === null || isPerson(user) ? [[user?.login ?? []].flat(), []] : [[], [user.login]];
    return {
      people: [...people, ...all.flatMap((one) => one.people)],
      programs: [...programs, ...all.flatMap((one) => one.programs)],
      withoutAccount: all.flatMap(({ withoutAccount }) => withoutAccount),
    };
  }

  private commitsOf(number: number): Promise<Commit[]> {
    const path = "/repos/{owner}/{repo}/pulls/{pull_number}/commits";
    return remembered(this.commits, number, () => this.github.all(path, { pull_number: number }, COMMIT));
  }

  private async reviewsOf(number: number): Promise<Review[]> {
    const path = "/repos/{owner}/{repo}/pulls/{pull_number}/reviews";
    const reviews = await this.github.all(path, { pull_number: number }, REVIEW);
    const found = reviews.map(async ({ state, commit_id, submitted_at, user }) => {
      if (user === null) return [];
      const { login } = user;
      const mayWrite = await remembered(this.permissions, login, () => this.mayWrite(login));
      return [{ login, isPerson: isPerson(user), mayWrite, state, commit: commit_id, at: submitted_at }];
    });
    return (await Promise.all(found)).flat();
  }

  private async mayWrite(login: string): Promise<boolean> {
    const path = "/repos/{owner}/{repo}/collaborators/{username}/permission";
    const { permission } = await this.github.get(path, { username: login }, PERMISSION);
    return ["admin", "write"].includes(permission);
  }
}

/** @see https://docs.github.com/en/rest/pulls/pulls#list-commits-on-a-pull-request */
const LISTED_COMMITS = 250;

const REVIEW = z.object({
  state: z.string(),
  commit_id: z.string().nullable(),
  submitted_at: z.string().default(""),
  user: USER.nullable(),
});

const PERMISSION = z.object({ permission: z.string() });

function textOf({ sha, commit: { message, author } }: Commit): CommitText {
  return { sha, message, authored: `${author.email} ${author.date}` };
}

function remembered<K, T>(known: Map<K, Promise<T>>, key: K, find: () => Promise<T>): Promise<T> {
  const value = known.get(key) ?? find();
  known.set(key, value);
  return value;
}
