/** How a job comes to credentials, and where what it may read does not go. */
import type { Action, Text, Workflow } from "./file";
import { assumptions, changes } from "./roles";
import { jobsOf, type WorkflowRule } from "./rule";

const KEYS = /^(aws-access-key-id|aws-secret-access-key|AWS_ACCESS_KEY_ID|AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN)$/;
const SECRETS = /\$\{\{[^}]*\bsecrets\b(?!\.GITHUB_TOKEN\b)/;
/** Names of files in which Terraform keeps secrets: plans, in both forms, and state. */
const SECRET_FILES = /tfplan|plan\.json|tfstate/;

export const CREDENTIALS = [
  {
    id: "no-long-lived-keys",
    title: "No access key is handed to a job",
    why: "A key that does not expire works from everywhere, for whoever has read it once.",
    allowed: "role-to-assume, with the job's own token",
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
    title: "No stored secret is used",
    why: "A stored secret has to be rotated by somebody, and every workflow of a branch can print it.",
    allowed: "github.token, and roles",
    judge: (file) => [
      ...file.texts.filter(({ text }) => SECRETS.test(text)).map(quoted),
      ...jobsOf(file)
        .filter(({ secrets }) => secrets !== undefined)
        .map(({ id, at, secrets }) => ({
          line: file.line([...at, "secrets"]),
          got: `${id}: secrets: ${JSON.stringify(secrets)}`,
        })),
    ],
  },
  {
    id: "role-in-environment",
    title: "A job that can change something runs in an environment",
    why: "The environment is what the role trusts, and what asks a person.",
    allowed: "environment: beside every role but a root's pullRequestRole and planRole",
    judge: (file) =>
      jobsOf(file)
        .filter((job) => changes(job) && job.environment === undefined)
        .map(({ id, at }) => ({ line: file.line(at), got: `${id}: no environment` })),
  },
  {
    id: "session-outlives-job",
    title: "A session lasts as long as its job may",
    why: "An apply whose session ends cannot store the state of what it has made.",
    allowed: "role-duration-seconds of at least timeout-minutes",
    judge: (file) =>
      jobsOf(file).flatMap((job) =>
        assumptions(job)
          .filter((step) => !(Number(step.with["role-duration-seconds"]) >= (job["timeout-minutes"] ?? 360) * 60))
          .map((step) => ({
            line: file.line([...step.at, "with"]),
            got: `${job.id}: ${step.with["role-duration-seconds"] ?? "no"} seconds for ${job["timeout-minutes"] ?? 360} minutes`,
          })),
      ),
  },
  {
    id: "checkout-forgets-token",
    title: "A checkout leaves no token behind",
    why: "Otherwise every later step of the job can read the token from a file.",
    allowed: "persist-credentials: false",
    judge: (file) =>
      file.steps
        .filter((step) => step.uses?.startsWith("actions/checkout@") && step.with["persist-credentials"] !== "false")
        .map((step) => ({ line: file.line(step.at), got: "no persist-credentials: false" })),
  },
  {
    id: "no-shared-cache",
    title: "No job takes files that another run has left in a cache",
    why: "A pull request writes into the cache that jobs with credentials would read from.",
    allowed: "no actions/cache, and no cache of a setup action",
    judge: (file) =>
      file.steps
        .filter((step) => step.uses?.startsWith("actions/cache") || step.with.cache !== undefined)
        .map((step) => ({ line: file.line(step.at), got: step.uses ?? "cache" })),
  },
  {
    id: "artifacts-without-secrets",
    title: "An artifact is one named file, and no plan or state",
    why: "Whoever may read the repository may download artifacts, and a plan holds secrets in the clear.",
    allowed: "path: one file, or the output of a step, that is no plan and no state",
    judge: uploads,
  },
] as const satisfies readonly WorkflowRule[];

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
