/** A rule for workflows: a row of data, as a guardrail is for infrastructure. */
import type { Action, Workflow } from "./file";

/** All workflows and composite actions of a repository. */
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
  /** Stable: findings and documentation refer to it. */
  readonly id: Id;
  /** The rule, as a sentence. */
  readonly title: string;
  /** The consequence of breaking the rule. */
  readonly why: string;
  /** Completes "allowed: …". */
  readonly allowed: string;
  judge(file: Workflow | Action, repository: WorkflowFiles): Breach[];
}

/** The workflow of this repository that a job calls. */
export function called(uses: string | undefined, { workflows }: WorkflowFiles): Workflow | undefined {
  return workflows.find(({ path }) => uses === `./${path}` || uses === `$/${path}`);
}

/** The composite action of this repository that a step uses. */
export function usedAction(uses: string | undefined, { actions }: WorkflowFiles): Action | undefined {
  return actions.find(({ path }) => {
    const folder = path.replace(/\/[^/]+$/, "");
    return uses === `./${folder}` || uses === `$/${folder}`;
  });
}

/** The jobs of a workflow. An action has none. */
export function jobsOf(file: Workflow | Action): Workflow["jobs"] {
  return file.kind === "workflow" ? file.jobs : [];
}
