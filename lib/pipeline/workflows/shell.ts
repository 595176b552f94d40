/** What a step hands to the shell. */
import type { Action, Workflow, WorkflowStep } from "./file";
import { jobsOf, type WorkflowRule } from "./rule";

const DOWNLOAD = /\b(curl|wget)\b/;
const PIPED =
  /\b(curl|wget)\b[^\n]*\|\s*(sudo\s+)?(ba|z|da)?sh\b|\b(ba|z|da)?sh\s+(-c\s+)?["']?(<\(|\$\()\s*(curl|wget)\b/;

export const SHELL = [
  {
    id: "no-expression-in-shell",
    title: "No expression is written into a script",
    why: "GitHub puts its value into the text before the shell reads it: a branch's name or a title becomes a command.",
    allowed: "env: with the expression, and the variable in the script",
    judge: (file) => scripts(file, (run) => run.includes("${{")),
  },
  {
    id: "shell-stops-on-failure",
    title: "A script ends with the first command that fails, in a pipe as well",
    why: "GitHub's shell where none is named does not see that the first part of a pipe has failed.",
    allowed: "shell: bash, which GitHub runs with -eo pipefail; nothing that turns it off",
    judge: (file) =>
      file.steps
        .filter(({ run }) => run !== undefined)
        .filter((step) => shellOf(file, step) !== "bash" || /\bset\s+\+/.test(step.run ?? ""))
        .map((step) => ({ line: file.line([...step.at, "run"]), got: `shell: ${shellOf(file, step) ?? "none"}` })),
  },
  {
    id: "no-piped-script",
    title: "Nothing that was just downloaded is run unseen",
    why: "Whoever holds the other end chooses what runs here, and can choose differently for us alone.",
    allowed: "a download into a file whose checksum is compared",
    judge: (file) => scripts(file, (run) => PIPED.test(run)),
  },
  {
    id: "downloads-verified",
    title: "A download is compared with a checksum that stands in this repository",
    why: "TLS says who sent it, not that it is what was reviewed.",
    allowed: "sha256sum --check in the same script",
    judge: (file) =>
      scripts(file, (run) => DOWNLOAD.test(run) && !PIPED.test(run) && !/\bsha256sum --check\b/.test(run)),
  },
] as const satisfies readonly WorkflowRule[];

function scripts(file: Workflow | Action, isBroken: (run: string) => boolean) {
  return file.steps
    .filter(({ run }) => run !== undefined && isBroken(run))
    .map((step) => ({ line: file.line([...step.at, "run"]), got: step.name ?? step.run?.trim().split("\n")[0] ?? "" }));
}

/** Of a composite action each step names it, as nothing is inherited. */
function shellOf(file: Workflow | Action, step: WorkflowStep): string | undefined {
  const job = jobsOf(file).find(({ steps }) => steps.includes(step));
  const inherited = file.kind === "workflow" ? (job?.defaults?.run?.shell ?? file.defaults?.run?.shell) : undefined;
  return step.shell ?? inherited;
}
