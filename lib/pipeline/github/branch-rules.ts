/** Reads the branch protection and the rulesets of main. */
import { z } from "zod";
import type { BranchRules, MainProtection } from "./branch";
import { MAIN } from "./branch";
import type { GitHub } from "./client";
import { GitHubError } from "./failure";

export async function readMainProtection(github: GitHub): Promise<MainProtection> {
  const rulesets = await readRulesets(github);
  try {
    const classic = await github.get("/repos/{owner}/{repo}/branches/{branch}/protection", { branch: MAIN }, CLASSIC);
    return { rules: [classicRules(classic), ...rulesets] };
  } catch (error) {
    if (!(error instanceof GitHubError) || ![403, 404].includes(error.status)) throw error;
    // Without permission, and without a protection, GitHub returns the same status with different messages.
    const isNone = error.status === 404 && error.said === "Branch not protected";
    return isNone ? { rules: rulesets } : { rules: rulesets, unreadable: error.message };
  }
}

const enabled = z.object({ enabled: z.boolean() }).optional();
const named = z.array(z.object({ login: z.string().optional(), slug: z.string().optional() })).default([]);

/** @see https://docs.github.com/en/rest/branches/branch-protection#get-branch-protection */
const CLASSIC = z.object({
  required_status_checks: z.object({ contexts: z.array(z.string()).default([]) }).nullish(),
  required_pull_request_reviews: z
    .object({
      dismiss_stale_reviews: z.boolean(),
      require_code_owner_reviews: z.boolean(),
      require_last_push_approval: z.boolean().default(false),
      required_approving_review_count: z.number().default(0),
      bypass_pull_request_allowances: z.object({ users: named, teams: named, apps: named }).optional(),
    })
    .nullish(),
  enforce_admins: enabled,
  allow_force_pushes: enabled,
  allow_deletions: enabled,
});

function classicRules(classic: z.infer<typeof CLASSIC>): BranchRules {
  const { required_pull_request_reviews: reviews, required_status_checks: checks } = classic;
  const { users = [], teams = [], apps = [] } = reviews?.bypass_pull_request_allowances ?? {};
  const admins = classic.enforce_admins?.enabled === true ? [] : ["administrators"];
  return {
    name: "branch protection",
    bypass: [
      ...admins,
      ...[...users, ...teams, ...apps].map(({ login, slug }) => login ?? slug ?? "an actor without a name"),
    ],
    pullRequest: reviews !== null && reviews !== undefined,
    approvals: reviews?.required_approving_review_count ?? 0,
    codeOwners: reviews?.require_code_owner_reviews ?? false,
    dismissesStale: reviews?.dismiss_stale_reviews ?? false,
    approvesLastPush: reviews?.require_last_push_approval ?? false,
    checks: checks?.contexts ?? [],
    noForcePush: classic.allow_force_pushes?.enabled !== true,
    noDeletion: classic.allow_deletions?.enabled !== true,
    mergedAtOnce: undefined,
  };
}

/** @see https://docs.github.com/en/rest/repos/rules#get-rules-for-a-branch */
const RULE = z.object({ type: z.string(), ruleset_id: z.number(), parameters: z.unknown().optional() });

const REVIEWS = z.object({
  dismiss_stale_reviews_on_push: z.boolean(),
  require_code_owner_review: z.boolean(),
  require_last_push_approval: z.boolean().default(false),
  required_approving_review_count: z.number(),
});

const CHECKS = z.object({ required_status_checks: z.array(z.object({ context: z.string() })) });

const QUEUE = z.object({ max_entries_to_merge: z.number() });

/** @see https://docs.github.com/en/rest/repos/rules#get-a-repository-ruleset */
const RULESET = z.object({
  name: z.string(),
  /** Returned only to a token that may change the ruleset. */
  bypass_actors: z.array(z.object({ actor_type: z.string(), actor_id: z.number().nullish() })).optional(),
});

type Rule = z.infer<typeof RULE>;

/** Active rulesets for main, of the repository and of its organization. */
async function readRulesets(github: GitHub): Promise<BranchRules[]> {
  const rules = await github.all("/repos/{owner}/{repo}/rules/branches/{branch}", { branch: MAIN }, RULE);
  const read: BranchRules[] = [];
  for (const id of new Set(rules.map(({ ruleset_id }) => ruleset_id))) {
    const own = rules.filter(({ ruleset_id }) => ruleset_id === id);
    read.push(rulesOf(await readRuleset(github, id), own));
  }
  return read;
}

/** The rules of an organization's ruleset are known even if the ruleset itself cannot be read. */
async function readRuleset(github: GitHub, id: number): Promise<z.infer<typeof RULESET>> {
  try {
    return await github.get("/repos/{owner}/{repo}/rulesets/{ruleset_id}", { ruleset_id: id }, RULESET);
  } catch (error) {
    if (error instanceof GitHubError && [403, 404].includes(error.status)) return { name: String(id) };
    throw error;
  }
}

function rulesOf({ name, bypass_actors }: z.infer<typeof RULESET>, rules: readonly Rule[]): BranchRules {
  const has = (type: string) => rules.some((rule) => rule.type === type);
  const reviews = parametersOf(rules, "pull_request", REVIEWS);
  return {
    name: `ruleset ${name}`,
    bypass: bypass_actors?.map(({ actor_type, actor_id }) => `${actor_type}${actor_id ? ` ${actor_id}` : ""}`),
    pullRequest: has("pull_request"),
    approvals: Math.max(0, ...reviews.map((one) => one.required_approving_review_count)),
    codeOwners: reviews.some((one) => one.require_code_owner_review),
    dismissesStale: reviews.some((one) => one.dismiss_stale_reviews_on_push),
    approvesLastPush: reviews.some((one) => one.require_last_push_approval),
    checks: parametersOf(rules, "required_status_checks", CHECKS).flatMap((one) =>
      one.required_status_checks.map(({ context }) => context),
    ),
    noForcePush: has("non_fast_forward"),
    noDeletion: has("deletion"),
    mergedAtOnce: parametersOf(rules, "merge_queue", QUEUE)[0]?.max_entries_to_merge,
  };
}

function parametersOf<T>(rules: readonly Rule[], type: string, schema: z.core.$ZodType<T>): T[] {
  return rules.filter((rule) => rule.type === type).map(({ parameters }) => z.parse(schema, parameters));
}
