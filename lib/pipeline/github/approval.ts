/** Approvals of an apply in its workflow run, and their record. */
import { z } from "zod";
import { MODES } from "../../generator/root/approval-modes";
import { APPROVALS } from "../../judgement/gate/context";
import { type CommitPeople, shortfalls } from "./people";
import { distinct, isAmong } from "./user";

const APPROVER = z.strictObject({
  login: z.string(),
  /** Comment of the approver. */
  comment: z.string().optional(),
});

/** Content of the file that `groundplan approval --out` writes: evidence that an apply was approved. */
export const APPROVAL_RECORD = z.strictObject({
  format: z.literal(2),
  mode: z.enum(MODES),
  /** Folder below the tree: `environments/shop/dev`. */
  root: z.string(),
  commit: z.string(),
  environment: z.string(),
  /** Reviewers of the environment who approved the run; in the mode `codeowners`, the person who started it. */
  approvers: z.array(APPROVER).min(1),
  /** The approved commits, as listed in custody.json, with the other people involved. */
  commits: z.array(
    z.strictObject({
      commit: z.string(),
      /** Logins of its author, committer and co-authors; for a squash, those of the whole pull request. */
      writers: z.array(z.string()),
      /** Logins of apps that wrote it. */
      programs: z.array(z.string()),
      /** `Name <address>` of co-authors and committers without a GitHub account. */
      withoutAccount: z.array(z.string()),
      /** Reviewers with a valid approval, and its ISO time. */
      reviewers: z.array(z.strictObject({ login: z.string(), at: z.string(), pullRequest: z.number() })),
    }),
  ),
  /** Sign-offs of the commit by the reviewers of further environments, such as testers; none if the root needs none. */
  signOffs: z.array(z.strictObject({ environment: z.string(), approvers: z.array(APPROVER).min(1) })).optional(),
  /** Login of the actor who started the run. */
  dispatcher: z.string(),
  /** Approvals that the gate missed and the actor gave by name; only in the mode `codeowners`. */
  approvals: z.array(z.enum(APPROVALS)),
  /** Id of the workflow run. */
  run: z.number(),
  /** ISO time of the record. GitHub's API has no time of the approval, which was shortly before. */
  recordedAt: z.string(),
});

export type ApprovalRecord = z.infer<typeof APPROVAL_RECORD>;
export type Approver = ApprovalRecord["approvers"][number];

/** The people who approved the run, or the reasons for a refusal: one line each. */
export type ApprovalVerdict = { readonly approvers: readonly Approver[] } | { readonly refused: readonly string[] };

/** A review of a run that waited for its environments. */
export interface EnvironmentReview {
  readonly environments: readonly string[];
  readonly state: string;
  readonly login: string;
  readonly isPerson: boolean;
  readonly comment: string;
}

/**
 * Each of several approvals has to be valid: GitHub continues the job after one of them, and does not report which one.
 * @param starters logins of the actors who started the run; they cannot approve it
 */
export function environmentVerdict(
  environment: string,
  reviews: readonly EnvironmentReview[],
  commits: readonly CommitPeople[],
  starters: readonly string[],
): ApprovalVerdict {
  const approvals = reviews.filter((one) => one.state === "approved" && one.environments.includes(environment));
  if (approvals.length === 0)
    return {
      refused: [`environment ${environment}: got no approval in this run; allowed: an approval by a required reviewer`],
    };
  const own = approvals.filter(({ login }) => isAmong(login, starters));
  if (own.length > 0)
    return {
      refused: own.map(({ login }) => `${login} approved the run and started it: the approver must be another person`),
    };
  const people = approvals.filter(({ isPerson }) => isPerson);
  if (people.length === 0)
    return {
      refused: approvals.map(({ login }) => `${login} approved the run and is an app: the approver must be a person`),
    };
  const lacking = people.flatMap(({ login }) => shortfalls(commits, login));
  if (lacking.length > 0) return { refused: lacking };
  return { approvers: people.map(({ login, comment }) => ({ login, ...(comment !== "" && { comment }) })) };
}

export interface SignOff {
  readonly environment: string;
  readonly approvers: readonly Approver[];
}

/** Two sign-offs need two people. @returns one line, or none */
export function signOffShortfalls(signOffs: readonly SignOff[]): string[] {
  const people = distinct(signOffs.flatMap(({ approvers }) => approvers.map(({ login }) => login)));
  if (people.length >= signOffs.length) return [];
  const environments = signOffs.map(({ environment }) => environment).join(", ");
  return [`sign-offs of ${environments}: got ${people.join(", ")}; allowed: another person for each`];
}

/** A run as GitHub started it. */
export interface Start {
  /** The actors of the run. */
  readonly starters: readonly { readonly login: string; readonly isPerson: boolean }[];
  /** As in `on:` of a workflow. */
  readonly event: string;
}

/** In the mode `codeowners`, starting the run is the approval of the plan and of the gate's decision on it. */
export function startVerdict({ starters, event }: Start, commits: readonly CommitPeople[]): ApprovalVerdict {
  const programs = starters.filter(({ isPerson }) => !isPerson);
  if (programs.length > 0)
    return { refused: programs.map(({ login }) => `${login} started the run and is an app: a person must start it`) };
  if (event !== BY_HAND)
    return { refused: [`event of the run: got ${event}; allowed: ${BY_HAND}, which a person starts`] };
  const lacking = starters.flatMap(({ login }) => shortfalls(commits, login));
  return lacking.length > 0 ? { refused: lacking } : { approvers: starters.map(({ login }) => ({ login })) };
}

/** All other events can occur without a person. For `schedule`, for example, GitHub reports a person as the actor. */
const BY_HAND = "workflow_dispatch";
