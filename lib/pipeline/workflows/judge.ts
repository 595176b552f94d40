/** Checks the workflows of a repository against all rules. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
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

/**
 * @param folder top folder of the repository
 * @throws InputError if it has no folder of workflows, or a folder of an action without its file
 */
export function readSources(folder: string): WorkflowSources {
  if (!isFolder(folder, WORKFLOWS)) {
    throw new InputError(WORKFLOWS, [
      "got no such folder; allowed: the top folder of a repository with workflows in .github/workflows",
    ]);
  }
  const workflows = namesIn(folder, WORKFLOWS).filter((file) => /\.ya?ml$/.test(file) && !isFolder(folder, file));
  const actions = isFolder(folder, ACTIONS)
    ? namesIn(folder, ACTIONS)
        .filter((action) => isFolder(folder, action))
        .map((action) => actionFile(folder, action))
    : [];
  const paths = [...workflows, ...actions].sort();
  return new Map(paths.map((file) => [file, readFileSync(path.join(folder, file), "utf8")]));
}

function isFolder(folder: string, name: string): boolean {
  return statSync(path.join(folder, name), { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function namesIn(folder: string, name: string): string[] {
  return readdirSync(path.join(folder, name)).map((entry) => `${name}/${entry}`);
}

function actionFile(folder: string, action: string): string {
  const file = ACTION_FILES.map((name) => `${action}/${name}`).find((name) => existsSync(path.join(folder, name)));
  if (file !== undefined) return file;
  throw new InputError(action, [`got no ${ACTION_FILES.join(" and no ")}; allowed: a folder with one of them`]);
}

/** @see https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax */
const ACTION_FILES = ["action.yml", "action.yaml"] as const;

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
