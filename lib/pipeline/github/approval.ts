/** Who approved an apply in its run, and the record of it. */
import { z } from "zod";
import { MODES } from "../../generator/root/approval-modes";
import { APPROVALS } from "../../judgement/gate/context";
import { type CommitPeople, shortfalls } from "./people";
import { isAmong } from "./user";

/** What `groundplan approval --out` writes: evidence that an apply was approved. */
export const APPROVAL_RECORD = z.strictObject({
  format: z.literal(2),
  mode: z.enum(MODES),
  /** Folder below the tree: `environments/shop/dev`. */
  root: z.string(),
  commit: z.string(),
  environment: z.string(),
  /** Who approved the run: reviewers of the environment, or who started it in the mode `codeowners`. */
  approvers: z
    .array(
      z.strictObject({
        login: z.string(),
        /** What the approver wrote. */
        comment: z.string().optional(),
      }),
    )
    .min(1),
  /** What they approved, as custody.json lists it, with who else is behind it. */
  commits: z.array(
    z.strictObject({
      commit: z.string(),
      /** Logins of the people who wrote it: author, committer and co-authors, and for a squash all of its pull request. */
      writers: z.array(z.string()),
      /** Logins of the programs that wrote it. */
      programs: z.array(z.string()),
      /** `Name <address>` of co-authors and committers whom GitHub knows no account of. */
      withoutAccount: z.array(z.string()),
      /** Those whose review counts, with the ISO time of it. */
      reviewers: z.array(z.strictObject({ login: z.string(), at: z.string(), pullRequest: z.number() })),
    }),
  ),
  /** Login of who started the run. */
  dispatcher: z.string(),
  /** What the gate missed and who started the run approved by naming it; only in the mode `codeowners`. */
  approvals: z.array(z.enum(APPROVALS)),
  /** Id of the workflow run. */
  run: z.number(),
  /** ISO time; GitHub does not tell when an environment was approved, which was shortly before. */
  recordedAt: z.string(),
});

export type ApprovalRecord = z.infer<typeof APPROVAL_RECORD>;
export type Approver = ApprovalRecord["approvers"][number];

/** Those who approved the run, or why that does not count: one line for each reason. */
export type ApprovalVerdict = { readonly approvers: readonly Approver[] } | { readonly refused: readonly string[] };

/** An answer to a run that waited for its environments. */
export interface EnvironmentReview {
  readonly environments: readonly string[];
  readonly state: string;
  readonly login: string;
  readonly isPerson: boolean;
  readonly comment: string;
}

/**
 * Each of several approvals has to be enough by itself: GitHub let the job go on after one of them, and does not tell which.
 * @param starters logins of who started the run, who never approve it
 */
export function environmentVerdict(
  environment: string,
  reviews: readonly EnvironmentReview[],
  commits: readonly CommitPeople[],
  starters: readonly string[],
): ApprovalVerdict {
  const approvals = reviews.filter((one) => one.state === "approved" && one.environments.includes(environment));
  if (approvals.length === 0) return { refused: [`nobody approved environment ${environment} in this run`] };
  const own = approvals.filter(({ login }) => isAmong(login, starters));
  if (own.length > 0) return { refused: own.map(({ login }) => `${login} started the run and approved it`) };
  const people = approvals.filter(({ isPerson }) => isPerson);
  if (people.length === 0)
    return { refused: approvals.map(({ login }) => `${login} approved the run and is a program`) };
  const lacking = people.flatMap(({ login }) => shortfalls(commits, login));
  if (lacking.length > 0) return { refused: lacking };
  return { approvers: people.map(({ login, comment }) => ({ login, ...(comment !== "" && { comment }) })) };
}

/** A run as GitHub started it. */
export interface Start {
  /** Who started the run: its actors, as GitHub has them. */
  readonly starters: readonly { readonly login: string; readonly isPerson: boolean }[];
  /** As in `on:` of a workflow. */
  readonly event: string;
}

/** To start the run is to approve it: with what the gate says about the plan, which code owners have not seen. */
export function startVerdict({ starters, event }: Start, commits: readonly CommitPeople[]): ApprovalVerdict {
  const programs = starters.filter(({ isPerson }) => !isPerson);
  if (programs.length > 0) return { refused: programs.map(({ login }) => `${login} started the run and is a program`) };
  if (event !== BY_HAND) return { refused: [`a program started the run: got event ${event}; allowed: ${BY_HAND}`] };
  const lacking = starters.flatMap(({ login }) => shortfalls(commits, login));
  return lacking.length > 0 ? { refused: lacking } : { approvers: starters.map(({ login }) => ({ login })) };
}

/** Every other event can come about without a person, such as `schedule`, of which GitHub names a person as the actor. */
const BY_HAND = "workflow_dispatch";
