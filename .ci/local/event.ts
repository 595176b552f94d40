/** The event that local runs get: a pull request from a branch of this repository, merged into main by GitHub. */

const REPOSITORY = "example/repository";

export const GITHUB = {
  event_name: "pull_request",
  ref: "refs/pull/1/merge",
  repository: REPOSITORY,
  event: { pull_request: { number: 1, head: { repo: { full_name: REPOSITORY } }, user: { login: "somebody" } } },
} as const;

/** @see https://docs.github.com/en/actions/reference/workflows-and-actions/variables#default-environment-variables */
export const VARIABLES = {
  GITHUB_EVENT_NAME: GITHUB.event_name,
  GITHUB_REF: GITHUB.ref,
  GITHUB_REPOSITORY: REPOSITORY,
  GITHUB_SERVER_URL: "https://github.com",
  GITHUB_RUN_ID: "1",
  GITHUB_RUN_ATTEMPT: "1",
  GITHUB_ACTOR: "somebody",
} as const;
