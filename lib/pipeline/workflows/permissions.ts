/** What a job's token may do. */
import type { Job, Workflow } from "./file";
import { assumptions, jobsBehind, jobsOfAll } from "./roles";
import { type Breach, called, jobsOf, type WorkflowRule } from "./rule";

/** The jobs that write something in GitHub. */
const WRITERS: Readonly<Record<string, readonly string[]>> = {
  "pull-requests": [".github/workflows/plan.yml comment"],
  issues: [".github/workflows/drift.yml issues"],
};

/**
 * Others run the default branch's workflow, with its rights, on what somebody else has sent.
 * @see https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/
 */
const TRIGGERS = ["merge_group", "pull_request", "push", "schedule", "workflow_call", "workflow_dispatch"];

const OWN_REPOSITORY = "github.event.pull_request.head.repo.full_name == github.repository";
const ON_MAIN = "github.ref == 'refs/heads/main'";

export const PERMISSIONS = [
  {
    id: "permissions-none-at-top",
    title: "A workflow grants nothing to all of its jobs",
    why: "What stands at the top goes to every job, and to each one that is added later.",
    allowed: "permissions: {}",
    judge: (file) => {
      if (file.kind === "action" || isNone(file.permissions)) return [];
      return [{ line: file.line(["permissions"]), got: shown(file.permissions) }];
    },
  },
  {
    id: "permissions-of-each-job",
    title: "Each job says what it may do",
    why: "Without it nobody sees which job needs what, and read-all and write-all hide it.",
    allowed: "permissions: with one line for each, or {}",
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
    title: "Only listed jobs may write in GitHub",
    why: "A token that writes is what an attacker of a build is after: it changes code, comments, releases and issues.",
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
    title: "Only jobs that assume a role get a token to prove who they are",
    why: "Whoever has that token is the job, for every cloud account that trusts it.",
    allowed: "id-token: write where the job, or one of the workflow that it calls, assumes a role",
    judge: (file, repository) =>
      grants(file)
        .filter(({ scope, job }) => scope === "id-token" && !jobsBehind(job, repository).some(assumesRole))
        .map(({ line, job }) => ({ line, got: `${job.id}: id-token` })),
  },
  {
    id: "call-permissions",
    title: "A call grants what the called workflow's jobs ask for",
    why: "GitHub does not start a run in which a called job asks for more than its caller has.",
    allowed: "permissions of the call that are at least those of each job behind it",
    judge: (file, repository) =>
      jobsOf(file).flatMap((job) => {
        const workflow = called(job.uses, repository);
        const asked = workflow === undefined ? [] : jobsOfAll(workflow, repository).flatMap(granted);
        const missing = new Set(
          asked
            .filter((one) => !granted(job).some((own) => covers(own, one)))
            .map(({ scope, access }) => `${scope}: ${access}`),
        );
        return [...missing].map((one) => ({ line: file.line(job.at), got: `${job.id}: without ${one}` }));
      }),
  },
  {
    id: "triggers-known",
    title: "Nothing but known events starts a workflow",
    why: "pull_request_target, workflow_run and events of comments run with this repository's rights on what anybody has sent.",
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
    title: "A pull request from a fork gets no token that writes or assumes a role",
    why: "A plan runs the code of the pull request, and so do tests: a stranger would choose what it does.",
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
    title: "What runs with rights and on no pull request runs on main only",
    why: "A run on another branch does what that branch says, which nobody has reviewed.",
    allowed: `push to main alone; for dispatch, schedule and merge queues if: ${ON_MAIN} in the jobs that need no other`,
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

/** Whether a job's condition is a conjunction of which one part is the condition. `||` binds weaker than `&&`. */
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
