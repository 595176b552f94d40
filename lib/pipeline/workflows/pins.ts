/** Rules for the actions and workflows that a workflow uses. */
import type { Action, Workflow } from "./file";
import { called, jobsOf, usedAction, type WorkflowRule } from "./rule";

/** In this repository at the running commit, or in another repository at a full commit SHA. */
const PINNED = /^(\.\/|\$\/|[\w.-]+\/[\w./-]+@[0-9a-f]{40}$)/;
const COMMIT = /@[0-9a-f]{40}$/;
const VERSION = /^ v\d+\.\d+\.\d+$/;

export const PINS = [
  {
    id: "action-pinned",
    title: "An action of another repository is pinned to a full commit SHA",
    why: "A tag can be moved to other code, as happened to tj-actions/changed-files in 2025 and trivy-action in 2026.",
    allowed: "<owner>/<repository>@<full commit SHA>, ./<path> or $/<path> of this repository",
    judge: (file) =>
      uses(file)
        .filter(({ text }) => !PINNED.test(text))
        .map(({ line, text }) => ({ line, got: text })),
  },
  {
    id: "action-version-named",
    title: "A comment names the version of a pinned commit",
    why: "A commit SHA does not show its age, nor whether an advisory applies to it.",
    allowed: "# v<major>.<minor>.<patch> after the commit SHA",
    judge: (file) =>
      uses(file)
        .filter(({ text, comment }) => COMMIT.test(text) && !VERSION.test(comment ?? ""))
        .map(({ line, text, comment }) => ({ line, got: comment === undefined ? text : `${text} #${comment}` })),
  },
  {
    id: "action-of-repository-exists",
    title: "An action or workflow of this repository exists",
    why: "GitHub reports a missing action only when the job runs, and does not start a run with a missing workflow.",
    allowed: "the path of a workflow, or the folder of a composite action",
    judge: (file, repository) =>
      uses(file)
        .filter(({ text }) => /^[.$]\//.test(text))
        .filter(({ text }) => (called(text, repository) ?? usedAction(text, repository)) === undefined)
        .map(({ line, text }) => ({ line, got: text })),
  },
] as const satisfies readonly WorkflowRule[];

function uses(file: Workflow | Action) {
  return [...jobsOf(file), ...file.steps].flatMap(({ uses: text, at }) => {
    const place = [...at, "uses"];
    return text === undefined ? [] : [{ text, line: file.line(place), comment: file.comment(place) }];
  });
}
