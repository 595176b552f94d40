/** What a rule about workflows is: a row of data, as a guardrail is for infrastructure. */
import type { Action, Workflow } from "./file";

/** Every workflow and composite action of a repository. */
export interface WorkflowFiles {
  readonly workflows: readonly Workflow[];
  readonly actions: readonly Action[];
}

export interface Breach {
  readonly line: number;
  /** Completes "got …". */
  readonly got: string;
}

export interface WorkflowRule<Id extends string = string> {
  /** Stable: findings and tests name it. */
  readonly id: Id;
  /** The rule as a sentence that is true where it holds. */
  readonly title: string;
  /** What happens where it is broken. */
  readonly why: string;
  /** Completes "allowed: …". */
  readonly allowed: string;
  judge(file: Workflow | Action, repository: WorkflowFiles): Breach[];
}

/** The workflow of this repository that a job calls. */
export function called(uses: string | undefined, { workflows }: WorkflowFiles): Workflow | undefined {
  return workflows.find(({ path }) => uses === `./${path}` || uses === `$/${path}`);
}

/** The jobs of a workflow; an action has none. */
export function jobsOf(file: Workflow | Action): Workflow["jobs"] {
  return file.kind === "workflow" ? file.jobs : [];
}
