/** Initializes and plans a root. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { InputError } from "../common/errors";
import { isComplete, LOCK_FILE, lockProblems, type PinnedProviders, unlocked } from "../generator/root/dependency-lock";
import { dependencyLockOf } from "./locked-providers";
import { missingProviders } from "./missing-providers";
import { type PlanJson, readPlan } from "./plan-json";
import { requiredProviders } from "./required-providers";
import { colors, failure, type RunOptions, runTerraform, TerraformError, terraform } from "./run";
import { waitingForLock } from "./state-lock";
import { inOfflineCopy, type Workplace } from "./workplace";

/** Terraform's own plan of a root, made without an AWS account. @throws TerraformError if it cannot be planned. */
export function offlinePlan(treeFolder: string, rootPath: string): Promise<PlanJson> {
  return inOfflineCopy(treeFolder, rootPath, async (workplace) => {
    await init(workplace);
    return readPlan(workplace.name, await planJson(workplace));
  });
}

/**
 * Initializes a root with the providers that it pins, and does not change a complete dependency lock file.
 * @throws InputError if the lock file selects other providers, or `-lockfile=readonly` is given and there is no lock file;
 * nothing is downloaded then
 * @throws MissingProviders if a binary cannot be had
 */
export async function init(workplace: Workplace, args: readonly string[] = []): Promise<void> {
  const lock = dependencyLockOf(workplace.folder);
  const pinned = requiredProviders(workplace.folder);
  const place = `${workplace.name}/${LOCK_FILE}`;
  const missing = missingChecksums(lock, pinned);
  const problems = [...lockProblems(lock, pinned), ...(args.includes(READONLY) ? missing : [])];
  if (problems.length > 0) throw new InputError(place, problems);
  const readonly = isComplete(lock, pinned) && !args.includes(READONLY) ? [READONLY] : [];
  try {
    await terraform(["init", "-no-color", ...readonly, ...args], workplace);
  } catch (error) {
    if (!(error instanceof TerraformError)) throw error;
    throw missingProviders(workplace.name, error, pinned) ?? error;
  }
  for (const one of missing) process.stderr.write(`${place}: ${one}\n`);
}

const READONLY = "-lockfile=readonly";

/** One line for each provider whose checksums the lock file does not have, with the steps that add them. */
function missingChecksums(lock: string, pinned: PinnedProviders): string[] {
  return unlocked(lock, pinned).map(
    ({ source, version }) =>
      `provider ${source}: got no checksums; allowed: those of ${version}; run in the root's folder: terraform providers lock ` +
      `-platform=linux_amd64 -platform=darwin_arm64; then copy ${LOCK_FILE} to a folder of the project, name the copy in ` +
      "providers.lockFiles of main.ts, and run groundplan synth",
  );
}

/** The JSON of a new plan, as `terraform show -json` prints it. */
export async function planJson(workplace: Workplace, args: readonly string[] = []): Promise<string> {
  const file = path.join(workplace.scratch, "saved.tfplan");
  await plan(["-no-color", `-out=${file}`, ...args], workplace);
  return savedPlanJson(workplace, file);
}

/** The JSON of a saved plan, as `terraform show -json` prints it. */
export function savedPlanJson(workplace: Workplace, file: string): Promise<string> {
  return terraform(["show", "-json", file], { ...workplace, output: "captured" });
}

/** Shows a plan and returns it as bytes for `terraform apply` and as the JSON of `terraform show`. */
export async function keptPlan(
  workplace: Workplace,
  args: readonly string[],
): Promise<{ readonly saved: Buffer; readonly json: string }> {
  const file = path.join(workplace.scratch, "saved.tfplan");
  await plan([...colors(), `-out=${file}`, ...args], { ...waitingForLock(workplace, "plan"), output: "shown" });
  return { saved: readFileSync(file), json: await savedPlanJson(workplace, file) };
}

/** @returns the exit code; 2 is a plan with changes, if `-detailed-exitcode` is given @throws TerraformError */
export async function plan(args: readonly string[], options: RunOptions): Promise<number> {
  const run = await runTerraform(["plan", ...args], options);
  if (run.exitCode !== 0 && run.exitCode !== 2) throw failure(["plan"], options, run);
  return run.exitCode;
}
