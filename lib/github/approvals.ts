/** Asks GitHub who approved an apply. */
import { z } from "zod";
import {
  type ApprovalRecord,
  type EnvironmentReview,
  environmentVerdict,
  type Involved,
  type MergedPullRequest,
  type Verdict,
} from "./approval";
import type { GitHub } from "./client";
import type { Mode } from "./gap";
import { ownersVerdict, pullRequestOf } from "./merged";
import { USER } from "./user";

export interface ApprovalRequest {
  readonly commit: string;
  readonly mode: Mode;
  readonly environment: string;
  /** Id of the workflow run. */
  readonly run: number;
  /** Login of who set the run off. */
  readonly actor: string;
  readonly now: Date;
}

/** @returns the record, or why nobody's approval counts */
export async function approvalOf(github: GitHub, request: ApprovalRequest): Promise<ApprovalRecord | string> {
  const pullRequest = await pullRequestOf(github, request.commit);
  const { author, verdict, dispatcher } = await (request.mode === "environment"
    ? byEnvironment(github, request, pullRequest)
    : byCodeOwners(github, request, pullRequest));
  if ("refused" in verdict) return verdict.refused;
  return {
    format: 1,
    mode: request.mode,
    commit: request.commit,
    environment: request.environment,
    approvers: [...verdict.approvers],
    author,
    dispatcher,
    ...(pullRequest !== undefined && { pullRequest: pullRequest.number }),
    run: request.run,
    recordedAt: request.now.toISOString(),
  };
}

interface Answer {
  readonly author: string;
  readonly dispatcher: string;
  readonly verdict: Verdict;
}

/** @see https://docs.github.com/en/rest/actions/workflow-runs#get-the-review-history-for-a-workflow-run */
const HISTORY = z.array(
  z.object({
    state: z.string(),
    comment: z.string().nullish(),
    environments: z.array(z.object({ name: z.string() })),
    user: USER,
  }),
);

const RUN = z.object({ actor: USER, triggering_actor: USER });

async function byEnvironment(
  github: GitHub,
  { commit, environment, run }: ApprovalRequest,
  pullRequest: MergedPullRequest | undefined,
): Promise<Answer> {
  const author = pullRequest?.author ?? (await authorOf(github, commit));
  const one = "/repos/{owner}/{repo}/actions/runs/{run_id}";
  const { actor, triggering_actor: again } = await github.get(one, { run_id: run }, RUN);
  const dispatcher = again.login;
  if (author === undefined) return { author: "", dispatcher, verdict: { refused: UNKNOWN_AUTHOR } };
  const history = await github.get(`${one}/approvals`, { run_id: run }, HISTORY);
  const reviews = history.map(
    ({ state, comment, environments, user }): EnvironmentReview => ({
      environments: environments.map(({ name }) => name),
      state,
      login: user.login,
      isPerson: user.type === "User",
      comment: comment ?? "",
    }),
  );
  const involved: Involved[] = [
    { login: author, did: "wrote the change" },
    ...[actor, again].map(({ login }) => ({ login, did: "set the run off" })),
  ];
  return { author, dispatcher, verdict: environmentVerdict(environment, reviews, involved) };
}

const UNKNOWN_AUTHOR =
  "GitHub knows no user who wrote the commit, so nobody can tell whether somebody else approved it";

/** Undefined where the commit's address belongs to no user. */
async function authorOf(github: GitHub, commit: string): Promise<string | undefined> {
  const author = z.object({ author: USER.nullable() });
  return (await github.get("/repos/{owner}/{repo}/commits/{ref}", { ref: commit }, author)).author?.login;
}

async function byCodeOwners(
  github: GitHub,
  { commit, actor }: ApprovalRequest,
  pullRequest: MergedPullRequest | undefined,
): Promise<Answer> {
  const verdict = await ownersVerdict(github, commit, pullRequest);
  return { author: pullRequest?.author ?? "", dispatcher: actor, verdict };
}
