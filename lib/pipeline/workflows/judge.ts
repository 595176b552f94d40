/** Checks the workflows of a repository against all rules. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { InputError } from "../../common/errors";
import { POLICY, type PolicyId } from "./catalogue";
import { readAction, readWorkflow } from "./file";
import type { Breach, WorkflowFiles, WorkflowRule } from "./rule";

export interface WorkflowFinding extends Breach {
  readonly rule: WorkflowRule<PolicyId>;
  readonly path: string;
}

const WORKFLOWS = ".github/workflows";
const ACTIONS = ".github/actions";

/** Text of each workflow and composite action, by its path in the repository. */
export type WorkflowSources = ReadonlyMap<string, string>;

/** @param folder top folder of the repository @throws InputError if it has no folder of workflows */
export function readSources(folder: string): WorkflowSources {
  const isFolder = (name: string) =>
    statSync(path.join(folder, name), { throwIfNoEntry: false })?.isDirectory() ?? false;
  if (!isFolder(WORKFLOWS))
    throw new InputError(WORKFLOWS, [
      "got no such folder; allowed: the top folder of a repository with workflows in .github/workflows",
    ]);
  const workflows = readdirSync(path.join(folder, WORKFLOWS)).filter((name) => /\.ya?ml$/.test(name));
  const actions = isFolder(ACTIONS) ? readdirSync(path.join(folder, ACTIONS)) : [];
  const paths = [
    ...workflows.map((name) => `${WORKFLOWS}/${name}`),
    ...actions.map((name) => `${ACTIONS}/${name}/action.yml`),
  ];
  return new Map(paths.sort().map((file) => [file, readFileSync(path.join(folder, file), "utf8")]));
}

export function parseSources(sources: WorkflowSources): WorkflowFiles {
  const files = [...sources];
  return {
    workflows: files.filter(([file]) => file.startsWith(WORKFLOWS)).map(([file, text]) => readWorkflow(file, text)),
    actions: files.filter(([file]) => file.startsWith(ACTIONS)).map(([file, text]) => readAction(file, text)),
  };
}

/** Sorted by file, line and rule. */
export function judgeWorkflows(repository: WorkflowFiles): WorkflowFinding[] {
  return [...repository.workflows, ...repository.actions].flatMap((file) =>
    POLICY.flatMap((rule) => rule.judge(file, repository).map((breach) => ({ ...breach, rule, path: file.path }))).sort(
      (one, other) => one.line - other.line,
    ),
  );
}

/** One line: place, rule, value, allowed values, reason. */
export function findingLine({ path: file, line, rule, got }: WorkflowFinding): string {
  return `${file}:${line}: ${rule.id}: got ${got}; allowed: ${rule.allowed}. ${rule.title}. ${rule.why}`;
}
