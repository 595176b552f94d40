/** Rules for the commit that a job checks out, and for the place of a checkout. */
import type { Action, Workflow, WorkflowStep } from "./file";
import { assumptions } from "./roles";
import { type Breach, called, jobsOf, type WorkflowFiles, type WorkflowRule } from "./rule";

/** Inputs of a manual dispatch, in both spellings. */
const TYPED = /\b(?:github\.event\.)?inputs\b/;

export const CHECKOUTS = [
  {
    id: "no-typed-checkout",
    title: "A checkout uses no input of a manual dispatch",
    why: "The job runs the actions and the command line that it checks out: an older tree or an unapproved commit would judge itself.",
    allowed:
      "ref: github.sha or a job output with the same value; in a called workflow, an input that no caller sets from its own dispatch inputs",
    judge: (file, repository) => {
      if (file.kind === "action" || !("workflow_dispatch" in file.on)) return [];
      return [...typedRefs(file), ...typedCalls(file, repository)];
    },
  },
  {
    id: "jobs-show-privileges",
    title: "A composite action assumes no role and checks out no commit",
    why: "The rules for environments, sessions and checkouts apply to the steps of jobs: they do not see what an action does for a job.",
    allowed: "aws-actions/configure-aws-credentials and actions/checkout in the steps of a job",
    judge: (file) => {
      if (file.kind === "workflow") return [];
      return [...assumptions(file), ...checkouts(file)].map((step) => ({
        line: file.line(step.at),
        got: step.uses ?? "",
      }));
    },
  },
] as const satisfies readonly WorkflowRule[];

function typedRefs(file: Workflow): Breach[] {
  return checkouts(file)
    .filter((step) => TYPED.test(step.with.ref ?? ""))
    .map((step) => ({ line: file.line([...step.at, "with", "ref"]), got: step.with.ref ?? "" }));
}

/** Calls that pass such an input to a workflow that checks it out. */
function typedCalls(file: Workflow, repository: WorkflowFiles): Breach[] {
  return jobsOf(file).flatMap((job) =>
    Object.entries(job.with)
      .filter(([name, value]) => TYPED.test(value) && checksOut(called(job.uses, repository), name, repository))
      .map(([name, value]) => ({ line: file.line([...job.at, "with", name]), got: `${job.id}: ${name}: ${value}` })),
  );
}

function checksOut(workflow: Workflow | undefined, input: string, repository: WorkflowFiles): boolean {
  if (workflow === undefined) return false;
  const named = new RegExp(`\\binputs\\.${input}(?![\\w-])`);
  return (
    checkouts(workflow).some((step) => named.test(step.with.ref ?? "")) ||
    workflow.jobs.some((job) =>
      Object.entries(job.with).some(
        ([name, value]) => named.test(value) && checksOut(called(job.uses, repository), name, repository),
      ),
    )
  );
}

function checkouts({ steps }: Workflow | Action): WorkflowStep[] {
  return steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
}
