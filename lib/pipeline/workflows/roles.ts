/** Which jobs act in a cloud account, and what as. */
import type { Job, Workflow, WorkflowStep } from "./file";
import { called, type WorkflowFiles } from "./rule";

/** Roles that read and put away what they have read. Whoever assumes another one can change what people depend on. */
const READING = /^\$\{\{ *(?:matrix\.row|fromJSON\(inputs\.row\))\.(?:pullRequestRole|planRole) *\}\}$/;

export function assumptions({ steps }: Pick<Job, "steps">): WorkflowStep[] {
  return steps.filter(({ uses }) => uses?.startsWith("aws-actions/configure-aws-credentials@"));
}

/** Whether a job itself assumes a role that can change something. */
export function changes(job: Job): boolean {
  return assumptions(job).some((step) => !READING.test(step.with["role-to-assume"] ?? ""));
}

/** The jobs that a job consists of: itself, or those of the workflow that it calls. */
export function jobsBehind(job: Job, repository: WorkflowFiles): readonly Job[] {
  const workflow = called(job.uses, repository);
  return workflow === undefined ? [job] : jobsOfAll(workflow, repository);
}

/** Every job that runs where a workflow does. */
export function jobsOfAll(workflow: Workflow, repository: WorkflowFiles): readonly Job[] {
  return workflow.jobs.flatMap((job) => jobsBehind(job, repository));
}
