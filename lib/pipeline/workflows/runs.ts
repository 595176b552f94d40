/** How jobs run: where, how long, and beside which others. */
import type { Job } from "./file";
import { changes, jobsOfAll } from "./roles";
import { called, jobsOf, type WorkflowRule } from "./rule";

export const RUNS = [
  {
    id: "timeout-stated",
    title: "Each job says how long it may take",
    why: "A job that hangs holds a lock, an approval or a runner for six hours.",
    allowed: "timeout-minutes",
    judge: (file) =>
      jobsOf(file)
        .filter((job) => job.uses === undefined && job["timeout-minutes"] === undefined)
        .map(({ id, at }) => ({ line: file.line(at), got: `${id}: no timeout-minutes` })),
  },
  {
    id: "runner-pinned",
    title: "A job names the image that it runs on",
    why: "What -latest stands for changes from one day to the next, under everything that worked.",
    allowed: "runs-on: ubuntu-<version>",
    judge: (file) =>
      jobsOf(file)
        .filter((job) => job.uses === undefined && !/^ubuntu-\d\d\.04$/.test(String(job["runs-on"])))
        .map((job) => ({
          line: file.line([...job.at, "runs-on"]),
          got: `${job.id}: ${JSON.stringify(job["runs-on"])}`,
        })),
  },
  {
    id: "change-not-cancelled",
    title: "What changes something runs alone, nothing cuts it off, and nothing takes its turn",
    why: "Half of an apply leaves its lock behind; and where one alone may wait, GitHub cancels it for the next, with its approval.",
    allowed: "concurrency: with a group, cancel-in-progress: false and queue: max; around it none that cancels",
    judge: (file, repository) => {
      const open = jobsOf(file).filter((job) => changes(job) && !isKept(job.concurrency));
      const breaches = open.map(({ id, at }) => ({
        line: file.line([...at, "concurrency"]),
        got: `${id}: no such concurrency`,
      }));
      if (file.kind === "action" || file.concurrency === undefined || isKept(file.concurrency)) return breaches;
      if (!jobsOfAll(file, repository).some(changes)) return breaches;
      return [...breaches, { line: file.line(["concurrency"]), got: "a workflow whose runs cancel each other" }];
    },
  },
  {
    id: "failure-not-ignored",
    title: "A failure is a failure",
    why: "A check that may fail is none, and the run is green all the same.",
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
    title: "A condition that does not ask for success says which results it needs",
    why: "To !failure() a job that was cancelled is as good as one that is done: the next wave would start after it.",
    allowed: "needs.<job>.result == 'success', or 'skipped' and why that is right",
    judge: (file) =>
      [...jobsOf(file), ...file.steps]
        .filter((part) => /!\s*failure\(/.test(part.if ?? ""))
        .map(({ at, if: condition }) => ({ line: file.line([...at, "if"]), got: condition ?? "" })),
  },
  {
    id: "call-inputs",
    title: "A call gives what the called workflow asks for, and nothing else",
    why: "GitHub finds out only when the run starts, which is after the merge.",
    allowed: "with: every required input, and only declared ones",
    judge: (file, repository) =>
      jobsOf(file).flatMap((job) => {
        const workflow = called(job.uses, repository);
        if (workflow === undefined) return [];
        const given = Object.keys(job.with);
        const unknown = given.filter((name) => !(name in workflow.inputs)).map((name) => `unknown ${name}`);
        const missing = Object.entries(workflow.inputs).filter(
          ([name, { required }]) => required && !given.includes(name),
        );
        const problems = [...unknown, ...missing.map(([name]) => `no ${name}`)];
        return problems.map((problem) => ({ line: file.line([...job.at, "with"]), got: `${job.id}: ${problem}` }));
      }),
  },
] as const satisfies readonly WorkflowRule[];

/** @see https://docs.github.com/en/actions/how-tos/write-workflows/choose-when-workflows-run/control-workflow-concurrency */
function isKept(concurrency: Job["concurrency"]): boolean {
  return typeof concurrency === "object" && concurrency["cancel-in-progress"] === false && concurrency.queue === "max";
}
