/** What is not there where workflows run without GitHub, and which steps need it. */
import { accessSync, constants } from "node:fs";
import path from "node:path";
import type { Job, WorkflowStep } from "../../lib/pipeline/workflows/file";
import { assumptions } from "../../lib/pipeline/workflows/roles";

interface Absence {
  /** Completes "skipped: …". */
  readonly reason: string;
  isNeeded(step: WorkflowStep, job: Job): boolean;
}

/** Programs that steps begin with and that need not be on this machine. */
const PROGRAMS = ["trivy", "docker"];

/** In the order in which they are told: the first one that a step needs is its reason. */
const ABSENCES: readonly Absence[] = [
  { reason: "needs GitHub's API", isNeeded: ({ env }) => env.GITHUB_TOKEN !== undefined },
  {
    reason: "needs the credentials of an AWS role",
    isNeeded: (step, job) =>
      assumptions(job).some((assumption) => job.steps.indexOf(assumption) < job.steps.indexOf(step)),
  },
  {
    reason: "needs npm's list of known vulnerabilities, which mirrors of the registry lack",
    isNeeded: ({ run = "" }) => run.startsWith("npm audit"),
  },
  { reason: "downloads a program; the one on PATH stands in", isNeeded: ({ run = "" }) => /\bcurl\b/.test(run) },
  ...PROGRAMS.map((program) => ({
    reason: `needs ${program}, which is not on PATH`,
    isNeeded: ({ run = "" }: WorkflowStep) => run.trim().startsWith(`${program} `) && !isOnPath(program),
  })),
];

/** Actions of others, by what does their work here. */
const STAND_INS: Readonly<Record<string, string>> = {
  "actions/checkout": "a clean clone stands in",
  "actions/setup-node": `Node ${process.version} of this machine stands in`,
  "actions/upload-artifact": "nothing to hand over",
  "actions/download-artifact": "nothing to take over",
  "aws-actions/configure-aws-credentials": "needs GitHub and an AWS role",
};

/** Why a step is not run here; undefined where it is. */
export function reasonToSkip(step: WorkflowStep, job: Job): string | undefined {
  if (step.uses !== undefined) return STAND_INS[step.uses.replace(/@.*/, "")] ?? "an action of others";
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
