/** Rules for runners, timeouts, concurrency and results of jobs. */
import type { Action, Job, Workflow } from "./file";
import { changes, jobsOfAll } from "./roles";
import { type Breach, called, jobsOf, usedAction, type WorkflowFiles, type WorkflowRule } from "./rule";

export const RUNS = [
  {
    id: "timeout-stated",
    title: "Each job has a timeout",
    why: "Without a timeout, a job that hangs holds a lock, an approval or a runner for six hours.",
    allowed: "timeout-minutes",
    judge: (file) =>
      jobsOf(file)
        .filter((job) => job.uses === undefined && job["timeout-minutes"] === undefined)
        .map(({ id, at }) => ({ line: file.line(at), got: `${id}: no timeout-minutes` })),
  },
  {
    id: "runner-pinned",
    title: "A job names the version of its runner image",
    why: "The image behind -latest changes without a commit, and can break a working job.",
    allowed:
      "runs-on: ubuntu-<version>; the runner of the root's row: ${{ <row>.runner || 'ubuntu-<version>' }}; in a workflow that only other repositories call, ${{ inputs.runner }}",
    judge: (file, repository) =>
      jobsOf(file)
        .filter((job) => job.uses === undefined && !RUNNER.test(String(job["runs-on"])))
        .filter((job) => job["runs-on"] !== "${{ inputs.runner }}" || !isForOthers(file, repository))
        .map((job) => ({
          line: file.line([...job.at, "runs-on"]),
          got: `${job.id}: ${JSON.stringify(job["runs-on"])}`,
        })),
  },
  {
    id: "change-not-cancelled",
    title: "A job that can change resources runs alone, is not cancelled, and keeps its place in the queue",
    why: "A cancelled apply leaves its state lock. With a queue of one, GitHub cancels a waiting job, and its approval, for the next one.",
    allowed:
      "concurrency: with group, cancel-in-progress: false and queue: max, and no workflow-level concurrency that cancels",
    judge: (file, repository) => {
      const open = jobsOf(file).filter((job) => changes(job) && !isKept(job.concurrency));
      const breaches = open.map(({ id, at, concurrency }) => ({
        line: file.line([...at, "concurrency"]),
        got: `${id}: ${concurrency === undefined ? "no concurrency" : `concurrency: ${JSON.stringify(concurrency)}`}`,
      }));
      if (file.kind === "action" || file.concurrency === undefined || isKept(file.concurrency)) return breaches;
      if (!jobsOfAll(file, repository).some(changes)) return breaches;
      return [
        ...breaches,
        { line: file.line(["concurrency"]), got: `concurrency: ${JSON.stringify(file.concurrency)}` },
      ];
    },
  },
  {
    id: "failure-not-ignored",
    title: "A failed step or job fails the run",
    why: "With continue-on-error, a failed check does not stop anything, and the run is green.",
    allowed: "no continue-on-error",
    judge: (file) =>
      [...jobsOf(file), ...file.steps]
        .filter((part) => ![undefined, "false"].includes(part["continue-on-error"]))
        .map(
          ({
            at,
            name,
            id,
          }: {
            at: readonly (string | number)[];
            name?: string | undefined;
            id?: string | undefined;
          }) => ({
            line: file.line([...at, "continue-on-error"]),
            got: name ?? id ?? "a step",
          }),
        ),
  },
  {
    id: "results-named",
    title: "A condition names the results that it requires",
    why: "!failure() is also true after a cancelled job: the next wave would start after it.",
    allowed: "needs.<job>.result == 'success', or 'skipped' with the condition under which the job is skipped",
    judge: (file) =>
      [...jobsOf(file), ...file.steps]
        .filter((part) => /!\s*failure\(/.test(part.if ?? ""))
        .map(({ at, if: condition }) => ({ line: file.line([...at, "if"]), got: condition ?? "" })),
  },
  {
    id: "call-inputs",
    title: "A call passes all required inputs of the called workflow or action, and only declared inputs",
    why: "GitHub reports a wrong call of a workflow only when the run starts, and a missing input of an action never.",
    allowed: "with: every required input, and declared inputs only",
    judge: (file, repository) => [
      ...jobsOf(file).flatMap((job) => wrongInputs(file, job.id, job, called(job.uses, repository))),
      ...file.steps.flatMap((step) => wrongInputs(file, step.uses, step, usedAction(step.uses, repository))),
    ],
  },
] as const satisfies readonly WorkflowRule[];

function wrongInputs(
  file: Workflow | Action,
  name: string | undefined,
  call: Pick<Job, "at" | "with">,
  target: Pick<Action, "inputs"> | undefined,
): Breach[] {
  if (target === undefined) return [];
  const given = Object.keys(call.with);
  const unknown = given.filter((input) => !(input in target.inputs)).map((input) => `undeclared input ${input}`);
  const missing = Object.entries(target.inputs)
    .filter(([input, { required }]) => required && !given.includes(input))
    .map(([input]) => `no input ${input}`);
  return [...unknown, ...missing].map((problem) => ({
    line: file.line([...call.at, "with"]),
    got: `${name}: ${problem}`,
  }));
}

/** The label of a row comes from the source, which is reviewed. No label is given by the person or event that starts a run. */
const RUNNER =
  /^(?:ubuntu-\d\d\.04|\$\{\{ (?:matrix\.row|fromJSON\(inputs\.row\))\.runner \|\| 'ubuntu-\d\d\.04' \}\})$/;

/** Only a call in the source of another repository starts the workflow. */
function isForOthers(file: Workflow | Action, repository: WorkflowFiles): boolean {
  if (file.kind === "action" || Object.keys(file.on).join() !== "workflow_call") return false;
  return !repository.workflows.some(({ jobs }) => jobs.some(({ uses }) => called(uses, repository) === file));
}

/** @see https://docs.github.com/en/actions/how-tos/write-workflows/choose-when-workflows-run/control-workflow-concurrency */
function isKept(concurrency: Job["concurrency"]): boolean {
  return typeof concurrency === "object" && concurrency["cancel-in-progress"] === false && concurrency.queue === "max";
}
