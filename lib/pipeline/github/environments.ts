/** Protection of GitHub environments: branches and reviewers that control the use of the apply roles. */
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { Mode } from "../../generator/root/approval-modes";
import { MAIN } from "./branch";
import type { GitHub } from "./client";
import { GitHubError } from "./failure";
import type { SettingProblem } from "./setting-problem";

/** @see https://docs.github.com/en/rest/deployments/environments#get-an-environment */
const ENVIRONMENT = z.object({
  /** Returned only to a token that may read it. */
  can_admins_bypass: z.boolean().optional(),
  protection_rules: z
    .array(
      z.object({
        type: z.string(),
        prevent_self_review: z.boolean().optional(),
        reviewers: z.array(z.unknown()).optional(),
      }),
    )
    .default([]),
  deployment_branch_policy: z
    .object({ protected_branches: z.boolean(), custom_branch_policies: z.boolean() })
    .nullish(),
});

const BRANCH_POLICY = z.object({ name: z.string(), type: z.string().default("branch") });

export interface EnvironmentSettings {
  /** Undefined if the token cannot read it. */
  readonly adminsMayBypass: boolean | undefined;
  /** Number of people and teams who may approve; 0 if no approval is required. */
  readonly reviewers: number;
  readonly selfReviewPrevented: boolean;
  readonly branches: "every" | "protected" | readonly { readonly name: string; readonly type: string }[];
}

/** @returns undefined if there is no environment with this name */
export async function readEnvironment(github: GitHub, name: string): Promise<EnvironmentSettings | undefined> {
  const environment = await existing(github.get(ONE, { environment_name: name }, ENVIRONMENT));
  if (environment === undefined) return undefined;
  const { can_admins_bypass, protection_rules, deployment_branch_policy: policy } = environment;
  const review = protection_rules.find(({ type }) => type === "required_reviewers");
  const isCustom = policy?.custom_branch_policies === true;
  return {
    adminsMayBypass: can_admins_bypass,
    reviewers: review?.reviewers?.length ?? 0,
    selfReviewPrevented: review?.prevent_self_review === true,
    branches: isCustom
      ? await github.all(`${ONE}/deployment-branch-policies`, { environment_name: name }, BRANCH_POLICY)
      : policy?.protected_branches === true
        ? "protected"
        : "every",
  };
}

const ONE = "/repos/{owner}/{repo}/environments/{environment_name}";

async function existing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof GitHubError && error.status === 404) return undefined;
    throw error;
  }
}

/**
 * @param patterns deployment branches: `main`, `release/*`; default: main alone
 *
 * Without GitHub Enterprise, environments of a private repository have no reviewers and no bypass setting. Deployment branches can
 * be restricted on every plan.
 */
export function environmentProblems(
  name: string,
  settings: EnvironmentSettings | undefined,
  mode: Mode,
  patterns: readonly string[] = [MAIN],
): SettingProblem[] {
  const place = `environment ${name}`;
  if (settings === undefined) return [{ place, got: "no such environment", allowed: "an environment with this name" }];
  const { adminsMayBypass, reviewers, selfReviewPrevented, branches } = settings;
  const problems: SettingProblem[] = [];
  if (mode === "environment") {
    if (reviewers === 0) problems.push({ place: `${place}: required reviewers`, got: "none", allowed: "1 or more" });
    else if (!selfReviewPrevented)
      problems.push({ place: `${place}: self-review`, got: "allowed", allowed: "prevented" });
    if (adminsMayBypass === undefined)
      problems.push({
        place: `${place}: bypass by administrators`,
        unreadable: "GitHub's response has no can_admins_bypass",
      });
    else if (adminsMayBypass)
      problems.push({ place: `${place}: bypass by administrators`, got: "allowed", allowed: "not allowed" });
  }
  const got = otherBranches(branches, patterns);
  if (got !== undefined) {
    const allowed = `selected branches: only ${patterns.map((pattern) => `branch ${pattern}`).join(", ")}`;
    problems.push({ place: `${place}: deployment branches`, got, allowed });
  }
  return problems;
}

/**
 * Undefined if only these branches may use the environment. "Protected branches" includes every branch with a classic rule and, if there is
 * no classic rule, all branches.
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments#deployment-branches-and-tags
 */
function otherBranches(branches: EnvironmentSettings["branches"], patterns: readonly string[]): string | undefined {
  if (branches === "every") return "no restriction";
  if (branches === "protected") return "protected branches";
  const got = branches.map(({ name, type }) => `${type} ${name}`).sort();
  if (isDeepStrictEqual(got, patterns.map((pattern) => `branch ${pattern}`).sort())) return undefined;
  return `selected branches: ${branches.map(({ name, type }) => `${type} ${name}`).join(", ") || "none"}`;
}
