/** Asks GitHub who approved an apply. */
import { z } from "zod";
import type { Approval } from "../gate/context";
import {
  type ApprovalRecord,
  type EnvironmentReview,
  environmentVerdict,
  type Involved,
  isSame,
  type Verdict,
} from "./approval";
import type { GitHub } from "./client";
import type { Mode } from "./gap";
import { ownersVerdict, pullRequestOf, writersOf } from "./merged";
import { USER } from "./user";

export interface ApprovalRequest {
  readonly commit: string;
  readonly mode: Mode;
  readonly environment: string;
  /** Id of the workflow run. */
  readonly run: number;
  /** Login of who set the run off. */
  readonly actor: string;
  /** What the gate misses and the actor approves by naming it. */
  readonly approved: readonly Approval[];
  readonly now: Date;
}

const RUN = z.object({ actor: USER, triggering_actor: USER, run_attempt: z.number() });

/** @returns the record, or why nobody's approval counts */
export async function approvalOf(github: GitHub, request: ApprovalRequest): Promise<ApprovalRecord | string> {
  const { commit, mode, environment, run, actor, approved, now } = request;
  const ran = await github.get("/repos/{owner}/{repo}/actions/runs/{run_id}", { run_id: run }, RUN);
  if (ran.run_attempt > 1) return "start a new run: approvals of an earlier attempt were of another plan";
  const pullRequest = await pullRequestOf(github, commit);
  const writers = pullRequest?.writers ?? (await writersOf(github, commit));
  const [author] = writers;
  if (author === undefined) return UNKNOWN_AUTHOR;
  const starters = [...new Set([ran.triggering_actor.login, ran.actor.login, actor])];
  const verdict =
    mode === "environment"
      ? await byEnvironment(github, request, involvement(writers, starters))
      : startedByAnother(writers, starters, await ownersVerdict(github, commit, pullRequest));
  if ("refused" in verdict) return verdict.refused;
  return {
    format: 1,
    mode,
    commit,
    environment,
    approvers: [...verdict.approvers],
    author,
    writers: [...writers],
    dispatcher: ran.triggering_actor.login,
    approvals: [...approved],
    ...(pullRequest !== undefined && { pullRequest: pullRequest.number }),
    run,
    recordedAt: now.toISOString(),
  };
}

const UNKNOWN_AUTHOR =
  "GitHub knows no user who wrote the commit, so nobody can tell whether somebody else approved it";

function involvement(writers: readonly string[], starters: readonly string[]): Involved[] {
  return [
    ...writers.map((login) => ({ login, did: "wrote the change" })),
    ...starters.map((login) => ({ login, did: "set the run off" })),
  ];
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

async function byEnvironment(
  github: GitHub,
  { environment, run }: ApprovalRequest,
  involved: readonly Involved[],
): Promise<Verdict> {
  const path = "/repos/{owner}/{repo}/actions/runs/{run_id}/approvals";
  const history = await github.get(path, { run_id: run }, HISTORY);
  const reviews = history.map(
    ({ state, comment, environments, user }): EnvironmentReview => ({
      environments: environments.map(({ name }) => name),
      state,
      login: user.login,
      isPerson: user.type === "User",
      comment: comment ?? "",
    }),
  );
  return environmentVerdict(environment, reviews, involved);
}

/** Who starts the apply has the last word on what the gate says about the plan: code owners have not seen that. */
function startedByAnother(writers: readonly string[], starters: readonly string[], verdict: Verdict): Verdict {
  const own = starters.find((starter) => writers.some((writer) => isSame(writer, starter)));
  if ("refused" in verdict || own === undefined) return verdict;
  return { refused: `${own} set the run off, who wrote the change` };
}
