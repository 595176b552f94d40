/** Environment variables of a workflow run. */
import { z } from "zod";
import { InputError } from "../../common/errors";
import type { ProcessEnvironment } from "../../common/process-environment";

/** @see https://docs.github.com/en/actions/reference/workflows-and-actions/variables#default-environment-variables */
const VARIABLES = {
  GITHUB_REPOSITORY: { form: /^[\w.-]+\/[\w.-]+$/, allowed: "<owner>/<repository>" },
  GITHUB_TOKEN: { form: /^\S+$/, allowed: "a token for this repository" },
  GITHUB_API_URL: { form: /^https?:\/\/\S+$/, allowed: "a URL", otherwise: "https://api.github.com" },
  GITHUB_SERVER_URL: { form: /^https?:\/\/\S+$/, allowed: "a URL", otherwise: "https://github.com" },
  GITHUB_RUN_ID: { form: /^[1-9]\d*$/, allowed: "the id of a workflow run" },
  GITHUB_ACTOR: { form: /^\S+$/, allowed: "the login of the actor who started the run" },
} as const;

type Variable = keyof typeof VARIABLES;

/** The repository, and the access to its API. */
export interface GitHubContext {
  readonly owner: string;
  readonly repo: string;
  readonly apiUrl: string;
  /** Sent to GitHub only, never printed. */
  readonly token: string;
}

/** @throws InputError that lists all missing and invalid variables, without their values */
export function gitHubContext(environment: ProcessEnvironment = process.env): GitHubContext {
  const { GITHUB_REPOSITORY, GITHUB_TOKEN, GITHUB_API_URL } = variables(
    ["GITHUB_REPOSITORY", "GITHUB_TOKEN", "GITHUB_API_URL"],
    environment,
  );
  const [owner = "", repo = ""] = GITHUB_REPOSITORY.split("/");
  return { owner, repo, apiUrl: GITHUB_API_URL.replace(/\/$/, ""), token: GITHUB_TOKEN };
}

/** URL of this workflow run. */
export function runPage(environment: ProcessEnvironment = process.env): string {
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID } = variables(
    ["GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_RUN_ID"],
    environment,
  );
  return `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}`;
}

/** @throws InputError */
export function runId(environment: ProcessEnvironment = process.env): number {
  return z.coerce.number().parse(variables(["GITHUB_RUN_ID"], environment).GITHUB_RUN_ID);
}

/** Login of the actor who started the run. @throws InputError */
export function actor(environment: ProcessEnvironment = process.env): string {
  return variables(["GITHUB_ACTOR"], environment).GITHUB_ACTOR;
}

function variables<N extends Variable>(names: readonly N[], environment: ProcessEnvironment): Record<N, string> {
  const problems: string[] = [];
  const values: Partial<Record<N, string>> = {};
  for (const name of names) {
    const variable: { readonly form: RegExp; readonly allowed: string; readonly otherwise?: string } = VARIABLES[name];
    const value = environment[name] || variable.otherwise;
    if (value !== undefined && variable.form.test(value)) values[name] = value;
    else
      problems.push(
        `${name}: got ${value === undefined ? "no value" : "an invalid value, which is not shown"}; allowed: ${variable.allowed}`,
      );
  }
  if (isComplete(names, values)) return values;
  throw new InputError("environment variables", problems);
}

function isComplete<N extends Variable>(
  names: readonly N[],
  values: Partial<Record<N, string>>,
): values is Record<N, string> {
  return names.every((name) => values[name] !== undefined);
}
