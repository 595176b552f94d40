/** Rules for the permissions of a job's token, and for the events that start a job. */
import type { Job, Workflow } from "./file";
import { assumptions, jobsBehind, jobsOfAll } from "./roles";
import { type Breach, called, jobsOf, type WorkflowRule } from "./rule";

/** The jobs that may write, by permission. */
const WRITERS: Readonly<Record<string, readonly string[]>> = {
  "pull-requests": [".github/workflows/plan.yml comment"],
  issues: [
    ".github/workflows/drift.yml issues",
    ".github/workflows/sandbox.yml sweep",
    ".github/workflows/sandbox-sweep.yml issue",
  ],
};

/**
 * Other events run the workflow of the default branch, with its permissions, on content from outside the repository.
 * @see https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/
 */
const TRIGGERS = ["merge_group", "pull_request", "push", "schedule", "workflow_call", "workflow_dispatch"];

const OWN_REPOSITORY = "github.event.pull_request.head.repo.full_name == github.repository";
const ON_MAIN = "github.ref == 'refs/heads/main'";

export const PERMISSIONS = [
  {
    id: "permissions-none-at-top",
    title: "A workflow grants no permission at the top level",
    why: "Each job gets top-level permissions, also a job that is added later.",
    allowed: "permissions: {}",
    judge: (file) => {
      if (file.kind === "action" || isNone(file.permissions)) return [];
      return [{ line: file.line(["permissions"]), got: shown(file.permissions) }];
    },
  },
  {
    id: "permissions-of-each-job",
    title: "Each job lists its permissions",
    why: "Without a list, and with read-all or write-all, a reviewer cannot see what a job needs.",
    allowed: "permissions: with one line for each permission, or {}",
    judge: (file) =>
      jobsOf(file)
        .filter(({ permissions }) => typeof permissions !== "object")
        .map(({ id, at, permissions }) => ({
          line: file.line([...at, "permissions"]),
          got: `${id}: ${shown(permissions)}`,
        })),
  },
  {
    id: "write-where-listed",
    title: "Only listed jobs have write permissions",
    why: "With a write token, an attacker of a build can change code, comments, releases and issues.",
    allowed: Object.entries(WRITERS)
      .map(([scope, jobs]) => `${scope}: write in ${jobs.join(", ")}`)
      .join("; "),
    judge: (file) =>
      grants(file)
        .filter(
          ({ scope, access, job }) => access === "write" && scope !== "id-token" && !isWriter(file.path, job, scope),
        )
        .map(({ line, scope, job }) => ({ line, got: `${job.id}: ${scope}: write` })),
  },
  {
    id: "id-token-for-a-role",
    title: "Only a job that assumes a role can request an OIDC token",
    why: "Every cloud account that trusts the job accepts its OIDC token from anyone who has it.",
    allowed: "id-token: write if the job, or a job of the workflow that it calls, assumes a role",
    judge: (file, repository) =>
      grants(file)
        .filter(({ scope, job }) => scope === "id-token" && !jobsBehind(job, repository).some(assumesRole))
        .map(({ line, job }) => ({ line, got: `${job.id}: id-token` })),
  },
  {
    id: "call-permissions",
    title: "A call grants all permissions that the called workflow's jobs request",
    why: "GitHub does not start a run if a called job requests more permissions than its caller has.",
    allowed: "permissions that include those of each called job",
    judge: (file, repository) =>
      jobsOf(file).flatMap((job) => {
        const workflow = called(job.uses, repository);
        const asked = workflow === undefined ? [] : jobsOfAll(workflow, repository).flatMap(granted);
        const missing = new Set(
          asked
            .filter((one) => !granted(job).some((own) => covers(own, one)))
            .map(({ scope, access }) => `${scope}: ${access}`),
        );
        return [...missing].map((one) => ({ line: file.line(job.at), got: `${job.id}: no ${one}` }));
      }),
  },
  {
    id: "triggers-known",
    title: "Only listed events start a workflow",
    why: "pull_request_target, workflow_run and comment events run with this repository's permissions on content from outside.",
    allowed: TRIGGERS.join(", "),
    judge: (file) => {
      if (file.kind === "action") return [];
      return Object.keys(file.on)
        .filter((event) => !TRIGGERS.includes(event))
        .map((event) => ({ line: file.line(["on", event]), got: event }));
    },
  },
  {
    id: "forks-without-credentials",
    title: "A pull request from a fork gets no write token and no role",
    why: "Plans and tests run the code of the pull request: its author would control what the token is used for.",
    allowed: `if: ${OWN_REPOSITORY}`,
    judge: (file) => {
      if (file.kind === "action" || !("pull_request" in file.on)) return [];
      return privileged(file)
        .filter((job) => !requires(job, OWN_REPOSITORY))
        .map((job) => ({ line: file.line(job.at), got: `${job.id}: if: ${job.if ?? "nothing"}` }));
    },
  },
  {
    id: "privileges-on-main",
    title: "A job with write permissions runs on main only, unless a pull request started it",
    why: "A run on another branch executes code of that branch, which nobody has reviewed.",
    allowed: `push to main only; with workflow_dispatch, schedule or merge_group, if: ${ON_MAIN} in each job without needs`,
    judge: onMain,
  },
] as const satisfies readonly WorkflowRule[];

function onMain(file: Parameters<WorkflowRule["judge"]>[0]): Breach[] {
  if (file.kind === "action" || privileged(file).length === 0) return [];
  const { push } = file.on;
  const branches = typeof push === "object" && push !== null && "branches" in push ? push.branches : undefined;
  const ofPush =
    "push" in file.on && JSON.stringify(branches) !== '["main"]'
      ? [{ line: file.line(["on", "push"]), got: `push: ${JSON.stringify(push)}` }]
      : [];
  const anyBranch = ["merge_group", "schedule", "workflow_dispatch"].some((event) => event in file.on);
  const open = file.jobs.filter((job) => anyBranch && job.needs.length === 0 && !requires(job, ON_MAIN));
  return [...ofPush, ...open.map((job) => ({ line: file.line(job.at), got: `${job.id}: if: ${job.if ?? "nothing"}` }))];
}

/** Whether the job's `if` is a conjunction with this condition as one part. `||` binds weaker than `&&`. */
function requires(job: Job, condition: string): boolean {
  const outermost = withoutGroups((job.if ?? "").replace(/^\$\{\{(.*)\}\}$/s, "$1"));
  const parts = outermost.split("&&").map((part) => part.trim().replace(/\s+/g, " "));
  return !outermost.includes("||") && parts.includes(condition);
}

function withoutGroups(expression: string): string {
  const without = expression.replace(/\([^()]*\)/g, "");
  return without === expression ? expression : withoutGroups(without);
}

function privileged(workflow: Workflow): Job[] {
  return workflow.jobs.filter((job) => granted(job).some(({ access }) => access === "write"));
}

function assumesRole(job: Job): boolean {
  return assumptions(job).length > 0;
}

function granted({ permissions }: Job) {
  if (typeof permissions !== "object") return [];
  return Object.entries(permissions).map(([scope, access]) => ({ scope, access }));
}

function covers(own: { scope: string; access: string }, asked: { scope: string; access: string }): boolean {
  return own.scope === asked.scope && (own.access === asked.access || own.access === "write");
}

function grants(file: Parameters<WorkflowRule["judge"]>[0]) {
  return jobsOf(file).flatMap((job) =>
    granted(job).map((grant) => ({ ...grant, job, line: file.line([...job.at, "permissions", grant.scope]) })),
  );
}

function isWriter(path: string, job: Job, scope: string): boolean {
  return WRITERS[scope]?.includes(`${path} ${job.id}`) ?? false;
}

function isNone(permissions: Job["permissions"]): boolean {
  return typeof permissions === "object" && Object.keys(permissions).length === 0;
}

function shown(permissions: Job["permissions"]): string {
  return permissions === undefined ? "no permissions" : `permissions: ${JSON.stringify(permissions)}`;
}
