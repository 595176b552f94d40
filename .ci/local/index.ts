/** Runs the steps of workflows on this machine, each job in a clean clone. Steps that need GitHub or AWS are skipped. */
import path from "node:path";
import { InputError } from "../../lib/common/errors";
import type { Job, Workflow, WorkflowStep } from "../../lib/pipeline/workflows/file";
import { called, usedAction, type WorkflowFiles } from "../../lib/pipeline/workflows/rule";
import { reasonToSkip } from "./absent";
import { GITHUB, VARIABLES } from "./event";
import { type Contexts, type Expressions, loadExpressions, type Status } from "./expression";
import { Machine } from "./machine";

export interface Line {
  readonly outcome: "ran" | "skipped" | "failed";
  /** Workflow, job and step. */
  readonly step: string;
  /** The reason why it was skipped, its duration, or the end of its output if it failed. */
  readonly note: string;
}

interface Result {
  readonly result: Status | "skipped";
  readonly outputs: Readonly<Record<string, string>>;
}

/** @param only ids of the jobs to run; empty for all jobs @param report is called after each step */
export async function runWorkflow(
  folder: string,
  repository: WorkflowFiles,
  name: string,
  only: readonly string[],
  report: (line: Line) => void,
): Promise<void> {
  const workflow = repository.workflows.find(({ path: file }) => path.basename(file, ".yml") === name);
  const names = repository.workflows.map(({ path: file }) => path.basename(file, ".yml"));
  if (workflow === undefined) throw new InputError("workflow", [`got ${name}; allowed: ${names.join(", ")}`]);
  const unknown = only.filter((id) => !workflow.jobs.some((job) => job.id === id));
  const ids = workflow.jobs.map(({ id }) => id);
  if (unknown.length > 0) throw new InputError("job", [`got ${unknown.join(", ")}; allowed: ${ids.join(", ")}`]);
  const expressions = await loadExpressions();
  const needs: Record<string, Result> = {};
  for (const job of inOrder(workflow)) {
    const run = new JobRun(folder, repository, workflow, job, `${name}/${job.id}`, report, expressions);
    const missing = job.needs.filter((id) => needs[id] === undefined);
    if (only.length > 0 && !only.includes(job.id)) continue;
    needs[job.id] =
      missing.length > 0 ? run.skip(`needs ${missing.join(", ")}, which was not selected`) : await run.run(needs);
  }
}

/** Sorted so that each job follows the jobs that it needs. */
function inOrder({ jobs }: Workflow): Job[] {
  const ordered: Job[] = [];
  const add = (job: Job) => {
    for (const needed of jobs.filter(({ id }) => job.needs.includes(id))) add(needed);
    if (!ordered.includes(job)) ordered.push(job);
  };
  for (const job of jobs) add(job);
  return ordered;
}

class JobRun {
  readonly #steps: Record<string, { outputs: Readonly<Record<string, string>> }> = {};
  #status: Status = "success";

  constructor(
    private readonly folder: string,
    private readonly repository: WorkflowFiles,
    private readonly workflow: Workflow,
    private readonly job: Job,
    private readonly place: string,
    private readonly report: (line: Line) => void,
    private readonly expressions: Expressions,
  ) {}

  /** Skips every step for the same reason. */
  skip(reason: string): Result {
    const steps = called(this.job.uses, this.repository)?.steps ?? this.job.steps;
    for (const step of steps) this.report({ outcome: "skipped", step: this.#name(step), note: reason });
    return { result: "skipped", outputs: {} };
  }

  async run(all: Readonly<Record<string, Result>>): Promise<Result> {
    const needs = Object.fromEntries(this.job.needs.map((id) => [id, all[id]]));
    const failed = Object.values(needs).some((need) => need?.result === "failure");
    const skipped = Object.values(needs).some((need) => need?.result === "skipped");
    const contexts = { github: GITHUB, needs, vars: {}, steps: this.#steps };
    const asksForStatus = this.expressions.statusFunctions(this.job.if).some((name) => name !== "success");
    if (skipped && !asksForStatus) return this.skip("a needed job was skipped");
    if (!this.expressions.holds(this.job.if, contexts, failed ? "failure" : "success"))
      return this.skip("its condition is false");
    if (this.job.uses !== undefined) return this.skip(`calls ${this.job.uses}, whose jobs assume AWS roles`);
    const machine = new Machine(this.folder, VARIABLES);
    try {
      for (const step of this.job.steps) await this.#step(step, machine, contexts);
    } finally {
      machine.remove();
    }
    const outputs = Object.entries(this.job.outputs).map(([name, text]) => [
      name,
      this.expressions.interpolate(text, contexts),
    ]);
    return { result: this.#status, outputs: Object.fromEntries(outputs) };
  }

  async #step(step: WorkflowStep, machine: Machine, contexts: Contexts, actionPath?: string): Promise<void> {
    if (!this.expressions.holds(step.if, contexts, this.#status)) {
      const note = this.#status === "failure" ? "an earlier step has failed" : "its condition is false";
      this.report({ outcome: "skipped", step: this.#name(step), note });
      return;
    }
    const action = usedAction(step.uses, this.repository);
    if (action !== undefined) {
      for (const inner of action.steps) {
        await this.#step(inner, machine, contexts, path.join(machine.workspace, path.posix.dirname(action.path)));
      }
      return;
    }
    const reason = reasonToSkip(step, this.job);
    if (reason !== undefined || step.run === undefined) {
      this.report({ outcome: "skipped", step: this.#name(step), note: reason ?? "nothing to run" });
      return;
    }
    await this.#shell(step, step.run, machine, contexts, actionPath);
  }

  async #shell(
    step: WorkflowStep,
    script: string,
    machine: Machine,
    contexts: Contexts,
    actionPath?: string,
  ): Promise<void> {
    const own = actionPath === undefined ? { ...this.workflow.env, ...this.job.env, ...step.env } : step.env;
    const variables = Object.entries(own).map(([name, text]) => [
      name,
      this.expressions.interpolate(text, contexts, this.#status),
    ]);
    const folder = path.join(machine.workspace, step["working-directory"] ?? "");
    const started = performance.now();
    const { exitCode, outputs, log } = await machine.run(script, folder, {
      ...Object.fromEntries(variables),
      ...(actionPath !== undefined && { GITHUB_ACTION_PATH: actionPath }),
    });
    if (step.id !== undefined) this.#steps[step.id] = { outputs };
    if (exitCode === 0) {
      this.report({
        outcome: "ran",
        step: this.#name(step),
        note: `${((performance.now() - started) / 1000).toFixed(1)} s`,
      });
      return;
    }
    this.#status = "failure";
    const last = log.trimEnd().split("\n").slice(-40).join("\n");
    this.report({ outcome: "failed", step: this.#name(step), note: `exit code ${exitCode}\n${last}` });
  }

  #name(step: WorkflowStep): string {
    return `${this.place}: ${step.name ?? step.uses ?? step.run?.trim().split("\n")[0]}`;
  }
}
