/** Judges the workflows of a repository by every rule. */
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

/** The texts of all workflows and composite actions, by their path from the top of the repository. */
export type WorkflowSources = ReadonlyMap<string, string>;

/** @param folder top of the repository @throws InputError where it has no workflow */
export function readSources(folder: string): WorkflowSources {
  const isFolder = (name: string) =>
    statSync(path.join(folder, name), { throwIfNoEntry: false })?.isDirectory() ?? false;
  if (!isFolder(WORKFLOWS)) throw new InputError(WORKFLOWS, ["got no such folder; allowed: a folder of workflows"]);
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

/** In the order of files, lines and rules. */
export function judgeWorkflows(repository: WorkflowFiles): WorkflowFinding[] {
  return [...repository.workflows, ...repository.actions].flatMap((file) =>
    POLICY.flatMap((rule) => rule.judge(file, repository).map((breach) => ({ ...breach, rule, path: file.path }))).sort(
      (one, other) => one.line - other.line,
    ),
  );
}

/** One line: place, rule, what was got, what is allowed, why. */
export function findingLine({ path: file, line, rule, got }: WorkflowFinding): string {
  return `${file}:${line}: ${rule.id}: ${rule.title}. got ${got}; allowed: ${rule.allowed}. ${rule.why}`;
}
