/** Rules for credentials, and for files that can hold secrets. */
import { isDeepStrictEqual } from "node:util";
import type { Action, Text, Workflow, WorkflowStep } from "./file";
import { assumptions, changes } from "./roles";
import { jobsOf, type WorkflowRule } from "./rule";

const KEYS = /^(aws-access-key-id|aws-secret-access-key|AWS_ACCESS_KEY_ID|AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN)$/;
/** Values of ephemeral inputs, which Terraform needs for an apply: a secret of the GitHub environment of the root. */
const INPUTS = "GROUNDPLAN_EPHEMERAL_INPUTS";
const INPUTS_SECRET = secret(INPUTS);
/** The token of a user for tests, which expires within hours. */
const TOKEN_SECRET = secret("PERFORMANCE_TOKEN");
const OF_ENVIRONMENTS: readonly string[] = [INPUTS_SECRET, TOKEN_SECRET];
const SECRETS = /\$\{\{[^}]*\bsecrets\b(?!\.GITHUB_TOKEN\b)/;
/** Names of files that can hold secrets: plans, as binary and as JSON, and state. */
const SECRET_FILES = /tfplan|plan\.json|tfstate/;

export const CREDENTIALS = [
  {
    id: "no-long-lived-keys",
    title: "A job uses no AWS access key",
    why: "An access key does not expire: anyone who has read it once can use it from anywhere.",
    allowed: "role-to-assume with the job's OIDC token",
    judge: (file) =>
      [
        ...file.steps,
        ...jobsOf(file),
        ...(file.kind === "workflow" ? [{ at: [], env: file.env, with: {} }] : []),
      ].flatMap((part) =>
        Object.keys({ ...part.env, ...part.with })
          .filter((name) => KEYS.test(name))
          .map((name) => ({ line: file.line([...part.at, name in part.env ? "env" : "with", name]), got: name })),
      ),
  },
  {
    id: "no-stored-secrets",
    title:
      "A workflow uses no stored secret other than the ephemeral inputs of roots and the token of performance tests, in a job of a GitHub environment",
    why: "A stored secret has to be rotated by hand, and any workflow on any branch can print it.",
    allowed: `github.token and AWS roles; ${OF_ENVIRONMENTS.join(" and ")} in a step of a job with environment; ${INPUTS_SECRET} handed on to a workflow`,
    judge: (file) => [
      ...file.texts.filter(({ text }) => SECRETS.test(text) && !OF_ENVIRONMENTS.includes(text)).map(quoted),
      ...jobsOf(file)
        .filter(({ environment }) => environment === undefined)
        .flatMap((job) =>
          secretsIn([job, ...job.steps]).map((got) => ({
            line: file.line(job.at),
            got: `${job.id}: ${got} without environment`,
          })),
        ),
      ...jobsOf(file)
        .filter(({ secrets }) => secrets !== undefined && !isDeepStrictEqual(secrets, { [INPUTS]: INPUTS_SECRET }))
        .map(({ id, at, secrets }) => ({
          line: file.line([...at, "secrets"]),
          got: `${id}: secrets: ${JSON.stringify(secrets)}`,
        })),
    ],
  },
  {
    id: "role-in-environment",
    title: "A job whose role can change AWS resources runs in a GitHub environment",
    why: "The role trusts this environment, and its reviewers approve the job.",
    allowed: "environment: for each role except a root's pullRequestRole and planRole",
    judge: (file) =>
      jobsOf(file)
        .filter((job) => changes(job) && job.environment === undefined)
        .map(({ id, at }) => ({ line: file.line(at), got: `${id}: no environment` })),
  },
  {
    id: "session-outlives-job",
    title: "An AWS session lasts as long as its job may run",
    why: "If the session ends during an apply, Terraform cannot save the state.",
    allowed: "role-duration-seconds of at least 60 * timeout-minutes",
    judge: (file) =>
      jobsOf(file).flatMap((job) =>
        assumptions(job)
          .filter((step) => !(Number(step.with["role-duration-seconds"]) >= (job["timeout-minutes"] ?? 360) * 60))
          .map((step) => ({
            line: file.line([...step.at, "with"]),
            got: `${job.id}: role-duration-seconds ${step.with["role-duration-seconds"] ?? "not set"}, timeout-minutes ${job["timeout-minutes"] ?? 360}`,
          })),
      ),
  },
  {
    id: "checkout-forgets-token",
    title: "A checkout does not store the job's token",
    why: "Otherwise each later step of the job can read the token from a file.",
    allowed: "persist-credentials: false",
    judge: (file) =>
      file.steps
        .filter((step) => step.uses?.startsWith("actions/checkout@") && step.with["persist-credentials"] !== "false")
        .map((step) => ({ line: file.line(step.at), got: "no persist-credentials: false" })),
  },
  {
    id: "no-shared-cache",
    title: "A job restores no cache of another run",
    why: "A pull request could write files that a job with credentials restores.",
    allowed: "no actions/cache and no cache input of a setup action",
    judge: (file) =>
      file.steps
        .filter((step) => step.uses?.startsWith("actions/cache") || step.with.cache !== undefined)
        .map((step) => ({ line: file.line(step.at), got: step.uses ?? "cache" })),
  },
  {
    id: "artifacts-without-secrets",
    title: "An artifact is one named file and contains no plan and no state",
    why: "Anyone who can read the repository can download its artifacts, and a plan contains secrets in plain text.",
    allowed: "path: one file or the output of a step, without a plan or state in its name",
    judge: uploads,
  },
] as const satisfies readonly WorkflowRule[];

function secret(name: string): string {
  return `\${{ secrets.${name} }}`;
}

function secretsIn(parts: readonly Pick<WorkflowStep, "env" | "with">[]): string[] {
  const values = parts.flatMap(({ env, with: given }) => [...Object.values(env), ...Object.values(given)]);
  return OF_ENVIRONMENTS.filter((one) => values.includes(one));
}

function uploads(file: Workflow | Action) {
  return file.steps
    .filter((step) => step.uses?.startsWith("actions/upload-artifact@"))
    .filter((step) => !isNamedFile((step.with.path ?? "").trim()))
    .map((step) => ({ line: file.line([...step.at, "with", "path"]), got: JSON.stringify(step.with.path ?? "") }));
}

function isNamedFile(path: string): boolean {
  if (SECRET_FILES.test(path)) return false;
  return (
    /^\$\{\{ *steps\.[\w-]+\.outputs\.[\w-]+ *\}\}$/.test(path) ||
    /^(\$\{\{ *runner\.temp *\}\}\/)?[\w./-]+\.\w+$/.test(path)
  );
}

function quoted({ text, line }: Text) {
  return { line, got: text.trim() };
}
