/** GitHub environments: who may use the apply roles, and who has to agree first. */
import { z } from "zod";
import type { Mode } from "../../generator/root/approval-modes";
import type { GitHub } from "./client";
import { GitHubError } from "./failure";
import { type Gap, MAIN } from "./gap";

/** @see https://docs.github.com/en/rest/deployments/environments#get-an-environment */
const ENVIRONMENT = z.object({
  /** Answered to those who may see it only. */
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
  /** Undefined where GitHub does not tell. */
  readonly adminsMayBypass: boolean | undefined;
  /** How many people or teams may approve; 0 where nobody has to. */
  readonly reviewers: number;
  readonly selfReviewPrevented: boolean;
  readonly branches: "every" | "protected" | readonly { readonly name: string; readonly type: string }[];
}

/** @returns undefined where there is none of the name */
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
 * Without GitHub Enterprise a private repository's environment has neither reviewers nor anything that administrators could
 * pass by; which branches may use it can be said everywhere.
 */
export function environmentGaps(name: string, settings: EnvironmentSettings | undefined, mode: Mode): Gap[] {
  const place = `environment ${name}`;
  if (settings === undefined) return [{ place, got: "none of this name", allowed: "one" }];
  const { adminsMayBypass, reviewers, selfReviewPrevented, branches } = settings;
  const gaps: Gap[] = [];
  if (mode === "environment") {
    if (reviewers === 0) gaps.push({ place: `${place}: required reviewers`, got: "none", allowed: "1 or more" });
    else if (!selfReviewPrevented)
      gaps.push({ place: `${place}: self-review`, got: "permitted", allowed: "prevented" });
    if (adminsMayBypass === undefined)
      gaps.push({ place: `${place}: administrators`, unreadable: "GitHub's answer has no can_admins_bypass" });
    else if (adminsMayBypass)
      gaps.push({ place: `${place}: administrators`, got: "may pass its rules by", allowed: "may not" });
  }
  const got = branchesInWords(branches);
  if (got !== undefined)
    gaps.push({ place: `${place}: deployment branches`, got, allowed: `selected branches, ${MAIN} alone` });
  return gaps;
}

/**
 * Undefined where only main may use the environment. "Protected branches" is no such place: every branch that has a rule
 * is one, and where none has a classic rule, every branch at all.
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments#deployment-branches-and-tags
 */
function branchesInWords(branches: EnvironmentSettings["branches"]): string | undefined {
  if (branches === "every") return "every branch";
  if (branches === "protected") return "protected branches";
  if (branches.length === 1 && branches[0]?.name === MAIN && branches[0].type === "branch") return undefined;
  return branches.map(({ name, type }) => `${type} ${name}`).join(", ") || "no branch";
}
