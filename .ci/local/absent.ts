/** Steps that cannot run without GitHub, AWS or a program that is not installed. */
import { accessSync, constants } from "node:fs";
import path from "node:path";
import type { Job, WorkflowStep } from "../../lib/pipeline/workflows/file";
import { assumptions } from "../../lib/pipeline/workflows/roles";

interface Absence {
  /** Completes "skipped: …". */
  readonly reason: string;
  isNeeded(step: WorkflowStep, job: Job): boolean;
}

/** Programs that may be missing on this machine; steps start with them. */
const PROGRAMS = ["trivy", "docker"];

/** The first one that applies to a step is its reason. */
const ABSENCES: readonly Absence[] = [
  { reason: "needs GitHub's API", isNeeded: ({ env }) => env.GITHUB_TOKEN !== undefined },
  {
    reason: "needs the credentials of an AWS role",
    isNeeded: (step, job) =>
      assumptions(job).some((assumption) => job.steps.indexOf(assumption) < job.steps.indexOf(step)),
  },
  {
    reason: "needs npm's list of known vulnerabilities, which registry mirrors do not have",
    isNeeded: ({ run = "" }) => run.startsWith("npm audit"),
  },
  { reason: "downloads a program; the one on PATH is used instead", isNeeded: ({ run = "" }) => /\bcurl\b/.test(run) },
  ...PROGRAMS.map((program) => ({
    reason: `needs ${program}, which is not on PATH`,
    isNeeded: ({ run = "" }: WorkflowStep) => run.trim().startsWith(`${program} `) && !isOnPath(program),
  })),
];

/** Replacements for actions of other repositories. */
const STAND_INS: Readonly<Record<string, string>> = {
  "actions/checkout": "a clean clone is used instead",
  "actions/setup-node": `Node ${process.version} of this machine is used instead`,
  "actions/upload-artifact": "there is no artifact storage",
  "actions/download-artifact": "there is no artifact storage",
  "aws-actions/configure-aws-credentials": "needs GitHub and an AWS role",
};

/** Why a step is skipped; undefined if it is run. */
export function reasonToSkip(step: WorkflowStep, job: Job): string | undefined {
  if (step.uses !== undefined) return STAND_INS[step.uses.replace(/@.*/, "")] ?? "an action of another repository";
  return ABSENCES.find((absence) => absence.isNeeded(step, job))?.reason;
}

function isOnPath(program: string): boolean {
  return (process.env.PATH ?? "").split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
