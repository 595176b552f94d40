/** `groundplan apply`: applies a plan that was kept, put and approved, and no other. A plan that does not match is a "no". */
import type { Command } from "commander";
import { z } from "zod";
import { Refusal } from "../common/errors";
import { parsedInput, readText } from "../common/input-file";
import { treeFolder } from "../generator/synth/tree";
import { applyCustody } from "../pipeline/delivery/apply";
import { rootName } from "../terraform";
import { fromCaller } from "./caller.cjs";
import { composedRoot } from "./composed-root";
import { tellMissingConfiguration } from "./terraform";
import { wholeNumber } from "./whole-number";

interface Options {
  readonly custody: string;
  readonly digest: string;
  readonly maxAge: number;
  readonly approval?: string;
}

/**
 * The gate takes a backup of at most 24 hours for what a plan destroys, and what is changed outside of Terraform shows in
 * no state: a plan that waited longer was approved for a world that may be gone.
 */
const MAX_AGE_HOURS = 24;
/** A job waits no longer for its approval. @see https://docs.github.com/en/actions/reference/limits */
const LONGEST_WAIT_HOURS = 30 * 24;

const hours = wholeNumber(`a whole number from 1 to ${LONGEST_WAIT_HOURS}`, LONGEST_WAIT_HOURS);
const APPROVAL = { noun: "JSON", allowed: "what `groundplan approval --out` writes, or other JSON" };

export function add(program: Command): void {
  program
    .command("apply")
    .description("apply a kept plan, where everything that it is bound to is as it was; exit code 1 where it is not")
    .argument("<root>", "a root: <system>/<environment>, or accounts/<account>")
    .requiredOption("--custody <file>", "custody.json of the plan", fromCaller)
    .requiredOption("--digest <sha256>", "what `groundplan custody put` has printed")
    .option("--max-age <hours>", "how old the plan may be", hours, MAX_AGE_HOURS)
    .option("--approval <file>", "who approved it, as JSON for the record", fromCaller)
    .action(applyPlan);
}

async function applyPlan(name: string, options: Options): Promise<void> {
  const root = composedRoot(name);
  tellMissingConfiguration();
  const approval = options.approval === undefined ? null : approvalIn(options.approval);
  const label = rootName(root.address);
  const answer = await applyCustody({
    treeFolder: treeFolder(),
    root,
    custodyFile: options.custody,
    digest: options.digest,
    maxAgeHours: options.maxAge,
    approval,
    tell: (step) => console.error(`${label}: ${step}`),
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
