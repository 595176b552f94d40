/** `groundplan apply`: applies the plan that was saved, uploaded and approved, and no other plan. */
import type { Command } from "commander";
import { z } from "zod";
import { Refusal } from "../common/errors";
import { parsedInput, readText } from "../common/input-file";
import { composedRoots } from "../generator/synth/composition-root";
import { treeFolder } from "../generator/synth/tree";
import { applyCustody } from "../pipeline/delivery/apply";
import { rootName } from "../terraform";
import { fromCaller } from "./caller.cjs";
import { composedRoot } from "./composed-root";
import { reportMissingConfiguration } from "./terraform";
import { wholeNumber } from "./whole-number";

interface Options {
  readonly custody: string;
  readonly digest: string;
  readonly maxAge: number;
  readonly approval?: string;
}

/**
 * The gate accepts backups of the last 24 hours, and no state shows changes that are made outside of Terraform: the
 * resources may have changed since the approval of an older plan.
 */
const MAX_AGE_HOURS = 24;
/** Maximum time that a job waits for its approval. @see https://docs.github.com/en/actions/reference/limits */
const LONGEST_WAIT_HOURS = 30 * 24;

const hours = wholeNumber(`a whole number from 1 to ${LONGEST_WAIT_HOURS}`, LONGEST_WAIT_HOURS);
const APPROVAL = { noun: "JSON", allowed: "the file that `groundplan approval --out` writes, or other JSON" };

export function add(program: Command): void {
  program
    .command("apply")
    .description("apply a saved plan if nothing that it is bound to has changed; exit code 1 if the plan is refused")
    .argument("<root>", "root: <system>/<environment> or accounts/<account>")
    .requiredOption("--custody <file>", "custody.json of the plan", fromCaller)
    .requiredOption("--digest <sha256>", "SHA-256 of custody.json, as `groundplan custody put` printed it")
    .option("--max-age <hours>", "maximum age of the plan", hours, MAX_AGE_HOURS)
    .option("--approval <file>", "JSON about the approval, for the record of the apply", fromCaller)
    .action(applyPlan);
}

async function applyPlan(name: string, options: Options): Promise<void> {
  const root = composedRoot(name);
  reportMissingConfiguration();
  const approval = options.approval === undefined ? null : approvalIn(options.approval);
  const label = rootName(root.address);
  const answer = await applyCustody({
    treeFolder: treeFolder(),
    root,
    roots: composedRoots(),
    custodyFile: options.custody,
    digest: options.digest,
    maxAgeHours: options.maxAge,
    approval,
    report: (step) => console.error(`${label}: ${step}`),
  });
  if (answer.refused !== undefined) {
    const reasons = answer.refused.map((line) => `\n  ${line}`).join("");
    throw new Refusal(`${label}: the plan is refused, and nothing was applied${reasons}`);
  }
  console.log(`${label}: applied; its record is ${answer.record}`);
}

function approvalIn(file: string): unknown {
  return parsedInput(file, readText(file, APPROVAL.allowed), z.unknown(), APPROVAL);
}
