/** Which commit's files a job works on, and so runs. */
import type { Action, Workflow, WorkflowStep } from "./file";
import { type Breach, called, jobsOf, type WorkflowFiles, type WorkflowRule } from "./rule";

/** What somebody has typed where a workflow is started by hand. */
const TYPED = /\b(?:github\.event\.)?inputs\b/;

export const CHECKOUTS = [
  {
    id: "no-typed-checkout",
    title: "What somebody names in a dispatch is not checked out",
    why: "What is checked out runs, its actions and its command line: an earlier tree, or a commit that nobody has approved, would judge itself.",
    allowed:
      "ref: github.sha, or a job's output that is it; in a called workflow an input that its caller does not take from its own",
    judge: (file, repository) => {
      if (file.kind === "action" || !("workflow_dispatch" in file.on)) return [];
      return [...typedRefs(file), ...typedCalls(file, repository)];
    },
  },
] as const satisfies readonly WorkflowRule[];

function typedRefs(file: Workflow): Breach[] {
  return checkouts(file)
    .filter((step) => TYPED.test(step.with.ref ?? ""))
    .map((step) => ({ line: file.line([...step.at, "with", "ref"]), got: step.with.ref ?? "" }));
}

/** Calls that hand such a text on to where it is checked out. */
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
