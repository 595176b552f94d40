/** What a workflow runs is what was reviewed. */
import type { Action, Workflow } from "./file";
import { jobsOf, type WorkflowRule } from "./rule";

/** Of this repository at the running commit, or of another one at a full commit. */
const PINNED = /^(\.\/|\$\/|[\w.-]+\/[\w./-]+@[0-9a-f]{40}$)/;
const COMMIT = /@[0-9a-f]{40}$/;
const VERSION = /^ v\d+\.\d+\.\d+$/;

export const PINS = [
  {
    id: "action-pinned",
    title: "Whatever is used from elsewhere is named by a full commit",
    why: "A tag can be moved to other code, as happened to tj-actions/changed-files in 2025 and to trivy-action in 2026.",
    allowed: "<owner>/<repository>@<commit, forty digits>, or ./<path> or $/<path> of this repository",
    judge: (file) =>
      uses(file)
        .filter(({ text }) => !PINNED.test(text))
        .map(({ line, text }) => ({ line, got: text })),
  },
  {
    id: "action-version-named",
    title: "A commit says in a comment which version it is",
    why: "Nobody sees from a commit how old it is, nor whether an advisory is about it.",
    allowed: "# v<major>.<minor>.<patch> behind it",
    judge: (file) =>
      uses(file)
        .filter(({ text, comment }) => COMMIT.test(text) && !VERSION.test(comment ?? ""))
        .map(({ line, text, comment }) => ({ line, got: comment === undefined ? text : `${text} #${comment}` })),
  },
  {
    id: "action-of-repository-exists",
    title: "Whatever is used from this repository is there",
    why: "GitHub finds out only once the job runs, and for a call not even then: the run does not start.",
    allowed: "the path of a workflow, or the folder of a composite action",
    judge: (file, { workflows, actions }) => {
      const known = [
        ...workflows.map(({ path }) => path),
        ...actions.map(({ path }) => path.replace(/\/action\.yml$/, "")),
      ];
      return uses(file)
        .filter(({ text }) => /^[.$]\//.test(text) && !known.includes(text.slice(2)))
        .map(({ line, text }) => ({ line, got: text }));
    },
  },
] as const satisfies readonly WorkflowRule[];

function uses(file: Workflow | Action) {
  return [...jobsOf(file), ...file.steps].flatMap(({ uses: text, at }) => {
    const place = [...at, "uses"];
    return text === undefined ? [] : [{ text, line: file.line(place), comment: file.comment(place) }];
  });
}
