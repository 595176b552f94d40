/** Eligible approvers of an apply, for the message of a refusal. */
import { z } from "zod";
import type { Mode } from "../../generator/root/approval-modes";
import type { GitHub } from "./client";
import { GitHubError } from "./failure";
import type { Candidates } from "./people";
import { isPerson, USER } from "./user";

/** @see https://docs.github.com/en/rest/deployments/environments#get-an-environment */
const ENVIRONMENT = z.object({
  protection_rules: z
    .array(
      z.object({
        reviewers: z
          .array(
            z.discriminatedUnion("type", [
              z.object({ type: z.literal("User"), reviewer: USER }),
              z.object({ type: z.literal("Team"), reviewer: z.object({ slug: z.string() }) }),
            ]),
          )
          .default([]),
      }),
    )
    .default([]),
});

/** Undefined if the token cannot read them. The message of the refusal then does not name them. */
export async function candidatesOf(github: GitHub, mode: Mode, environment: string): Promise<Candidates | undefined> {
  try {
    return mode === "environment" ? await reviewersOf(github, environment) : await collaboratorsOf(github);
  } catch (error) {
    if (error instanceof GitHubError) return undefined;
    throw error;
  }
}

async function reviewersOf(github: GitHub, name: string): Promise<Candidates> {
  const path = "/repos/{owner}/{repo}/environments/{environment_name}";
  const { protection_rules } = await github.get(path, { environment_name: name }, ENVIRONMENT);
  const reviewers = protection_rules.flatMap((rule) => rule.reviewers);
  return {
    what: `reviewers of the environment ${name}`,
    how: "in a new run that they did not start",
    logins: reviewers.flatMap((one) => (one.type === "User" ? one.reviewer.login : [])),
    teams: reviewers.flatMap((one) => (one.type === "Team" ? one.reviewer.slug : [])),
  };
}

/** Everyone with write access to the repository may start a workflow. */
async function collaboratorsOf(github: GitHub): Promise<Candidates> {
  const all = await github.all("/repos/{owner}/{repo}/collaborators", { permission: "push" }, USER);
  return {
    what: "people with write access to the repository",
    how: "by starting a new run",
    logins: all.filter(isPerson).map(({ login }) => login),
    teams: [],
  };
}
