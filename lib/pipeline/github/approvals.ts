/** Reads from GitHub who approved an apply. */
import { z } from "zod";
import type { Mode } from "../../generator/root/approval-modes";
import type { Approval } from "../../judgement/gate/context";
import {
  type ApprovalRecord,
  type ApprovalVerdict,
  type EnvironmentReview,
  environmentVerdict,
  type SignOff,
  type Start,
  signOffShortfalls,
  startVerdict,
} from "./approval";
import { asksCodeOwners, MAIN } from "./branch";
import { readMainProtection } from "./branch-rules";
import { candidatesOf } from "./candidates";
import type { GitHub } from "./client";
import { originsOf } from "./origins";
import { eligibleApprovers } from "./people";
import { isAppLogin, isPerson, isSameLogin, USER } from "./user";

export interface ApprovalRequest {
  readonly root: string;
  readonly commit: string;
  /** SHAs of the commits that the apply includes. */
  readonly commits: readonly string[];
  readonly mode: Mode;
  readonly environment: string;
  /** Environments whose reviewers sign off the commit, too. */
  readonly signOffs: readonly string[];
  /** Id of the workflow run. */
  readonly run: number;
  /** Login of the actor who started the run. */
  readonly actor: string;
  /** Approvals that the gate misses and the actor gives by name. */
  readonly approved: readonly Approval[];
  readonly now: Date;
}

const RUN = z.object({ actor: USER, triggering_actor: USER, run_attempt: z.number(), event: z.string() });

/** @returns the record, or the reasons for a refusal and the eligible approvers: one line each */
export async function approvalOf(
  github: GitHub,
  request: ApprovalRequest,
): Promise<ApprovalRecord | { readonly refused: readonly string[] }> {
  const { root, commit, mode, environment, run, approved, now } = request;
  const ran = await github.get("/repos/{owner}/{repo}/actions/runs/{run_id}", { run_id: run }, RUN);
  if (ran.run_attempt > 1)
    return {
      refused: [
        `attempt of the run: got ${ran.run_attempt}; allowed: 1, as earlier approvals were for another plan; start a new run`,
      ],
    };
  const start = startOf(ran, request.actor);
  const unmet = mode === "codeowners" ? await unmetByMain(github, commit) : [];
  if (unmet.length > 0) return { refused: unmet };
  const origins = await originsOf(github, request.commits);
  if ("refused" in origins) return origins;
  const people = origins.map((one) => one.people);
  const reviews = mode === "environment" ? await reviewsOf(github, run) : [];
  const starters = start.starters.map(({ login }) => login);
  const byReviewers = (name: string) => environmentVerdict(name, reviews, people, starters);
  const signed = signOffsOf(request.signOffs, byReviewers);
  if ("refused" in signed) return signed;
  const verdict = mode === "environment" ? byReviewers(environment) : startVerdict(start, people);
  if ("refused" in verdict) {
    const candidates = await candidatesOf(github, mode, environment);
    return { refused: [...verdict.refused, ...(candidates ? [eligibleApprovers(candidates, people)] : [])] };
  }
  return {
    format: 2,
    mode,
    root,
    commit,
    environment,
    approvers: [...verdict.approvers],
    commits: origins.map(({ record }) => record),
    ...(signed.length > 0 && { signOffs: signed.map((one) => ({ ...one, approvers: [...one.approvers] })) }),
    dispatcher: ran.triggering_actor.login,
    approvals: [...approved],
    run,
    recordedAt: now.toISOString(),
  };
}

function startOf({ actor, triggering_actor, event }: z.infer<typeof RUN>, named: string): Start {
  const known = [triggering_actor, actor].map((user) => ({ login: user.login, isPerson: isPerson(user) }));
  const all = [...known, { login: named, isPerson: !isAppLogin(named) }];
  return { event, starters: all.filter(({ login }, i) => all.findIndex((one) => isSameLogin(one.login, login)) === i) };
}

const COMPARISON = z.object({ status: z.enum(["diverged", "ahead", "behind", "identical"]) });

/** The mode `codeowners` relies on GitHub: it merges no pull request to main without a required review by code owners. */
async function unmetByMain(github: GitHub, commit: string): Promise<string[]> {
  const basehead = `${MAIN}...${commit}`;
  const { status } = await github.get("/repos/{owner}/{repo}/compare/{basehead}", { basehead }, COMPARISON);
  if (status !== "behind" && status !== "identical")
    return [`commit ${commit}: got a commit that is not on ${MAIN}; allowed: a commit on ${MAIN}`];
  const protection = await readMainProtection(github);
  if (asksCodeOwners(protection)) return [];
  const why =
    protection.unreadable === undefined ? "" : ` (classic branch protection cannot be read: ${protection.unreadable})`;
  return [`branch ${MAIN}: review by code owners: got not required${why}; allowed: required`];
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

async function reviewsOf(github: GitHub, run: number): Promise<EnvironmentReview[]> {
  const path = "/repos/{owner}/{repo}/actions/runs/{run_id}/approvals";
  const history = await github.get(path, { run_id: run }, HISTORY);
  return history.map(
    ({ state, comment, environments, user }): EnvironmentReview => ({
      environments: environments.map(({ name }) => name),
      state,
      login: user.login,
      isPerson: isPerson(user),
      comment: comment ?? "",
    }),
  );
}

function signOffsOf(
  environments: readonly string[],
  verdictOf: (environment: string) => ApprovalVerdict,
): SignOff[] | { readonly refused: readonly string[] } {
  const verdicts = environments.map((environment) => ({ environment, ...verdictOf(environment) }));
  const refused = verdicts.flatMap((one) => ("refused" in one ? one.refused : []));
  const signed = verdicts.flatMap((one) => ("approvers" in one ? [one] : []));
  const lacking = [...refused, ...signOffShortfalls(signed)];
  return lacking.length > 0 ? { refused: lacking } : signed;
}
