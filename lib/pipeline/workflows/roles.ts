/** The AWS roles that jobs assume. */
import type { Job, Workflow, WorkflowStep } from "./file";
import { called, type WorkflowFiles } from "./rule";

/** Roles that can only read, and upload what they have read. Every other role can change resources. */
const READING = /^\$\{\{ *(?:matrix\.row|fromJSON\(inputs\.row\))\.(?:pullRequestRole|planRole) *\}\}$/;

export function assumptions({ steps }: Pick<Job, "steps">): WorkflowStep[] {
  return steps.filter(({ uses }) => uses?.startsWith("aws-actions/configure-aws-credentials@"));
}

/** Whether a job itself assumes a role that can change resources. */
export function changes(job: Job): boolean {
  return assumptions(job).some((step) => !READING.test(step.with["role-to-assume"] ?? ""));
}

/** The job itself, or the jobs of the workflow that it calls. */
export function jobsBehind(job: Job, repository: WorkflowFiles): readonly Job[] {
  const workflow = called(job.uses, repository);
  return workflow === undefined ? [job] : jobsOfAll(workflow, repository);
}

/** All jobs of a workflow, including those of the workflows that it calls. */
export function jobsOfAll(workflow: Workflow, repository: WorkflowFiles): readonly Job[] {
  return workflow.jobs.flatMap((job) => jobsBehind(job, repository));
}
