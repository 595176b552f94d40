/** Rules for shell scripts in steps. */
import type { Action, Workflow, WorkflowStep } from "./file";
import { jobsOf, type WorkflowRule } from "./rule";

const DOWNLOAD = /\b(curl|wget)\b/;
const PIPED =
  /\b(curl|wget)\b[^\n]*\|\s*(sudo\s+)?(ba|z|da)?sh\b|\b(ba|z|da)?sh\s+(-c\s+)?["']?(<\(|\$\()\s*(curl|wget)\b/;

export const SHELL = [
  {
    id: "no-expression-in-shell",
    title: "A script contains no expression",
    why: "GitHub inserts the value before the shell parses the script: the name of a branch or a title can become a command.",
    allowed: "env: with the expression, and the variable in the script",
    judge: (file) => scripts(file, (run) => run.includes("${{")),
  },
  {
    id: "shell-stops-on-failure",
    title: "A script stops at the first command that fails, also in a pipe",
    why: "The default shell does not notice a failure before the last command of a pipe.",
    allowed: "shell: bash, which GitHub runs with -eo pipefail, and no set +",
    judge: (file) =>
      file.steps
        .filter(({ run }) => run !== undefined)
        .filter((step) => shellOf(file, step) !== "bash" || /\bset\s+\+/.test(step.run ?? ""))
        .map((step) => ({ line: file.line([...step.at, "run"]), got: `shell: ${shellOf(file, step) ?? "none"}` })),
  },
  {
    id: "no-piped-script",
    title: "A script does not pipe a download into a shell",
    why: "The server chooses the code that runs, and can send this job other code than everyone else gets.",
    allowed: "a download into a file, and a check of its checksum",
    judge: (file) => scripts(file, (run) => PIPED.test(run)),
  },
  {
    id: "downloads-verified",
    title: "A download is verified with a checksum from this repository",
    why: "TLS authenticates the server, not the content.",
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

/** Steps of a composite action inherit no shell. */
function shellOf(file: Workflow | Action, step: WorkflowStep): string | undefined {
  const job = jobsOf(file).find(({ steps }) => steps.includes(step));
  const inherited = file.kind === "workflow" ? (job?.defaults?.run?.shell ?? file.defaults?.run?.shell) : undefined;
  return step.shell ?? inherited;
}
