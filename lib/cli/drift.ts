/** `groundplan drift`: whether a root still is as its source says. That it cannot be planned is an answer too: exit code 0. */
import type { Command } from "commander";
import { writeOutput } from "../common/output-file";
import { treeFolder } from "../generator/synth/tree";
import { Configurations, readTree } from "../judgement/configuration";
import { type DriftReport, driftReport, failedReport } from "../pipeline/github/drift";
import {
  findRoot,
  init,
  inRootAlone,
  planJson,
  requireWrittenTree,
  rootName,
  TerraformError,
  type Workplace,
} from "../terraform";
import { fromCaller } from "./caller.cjs";
import { withProgress } from "./progress";
import { tellMissingConfiguration } from "./terraform";

export function add(program: Command): void {
  program
    .command("drift")
    .description("report whether a root was changed outside of Terraform, or has changes that wait for their apply")
    .argument("<root>", "a root: <system>/<environment>, or accounts/<account>")
    .requiredOption("--report <file>", "where the report goes, as JSON without any value of a resource", fromCaller)
    .action(drift);
}

async function drift(name: string, { report: file }: { readonly report: string }): Promise<void> {
  const root = findRoot(treeFolder(), name);
  requireWrittenTree(treeFolder());
  tellMissingConfiguration();
  const report = await judged(root);
  writeOutput(file, `${JSON.stringify(report, null, 2)}\n`);
  console.log(`${rootName(root)}: ${WORDS[report.outcome]}`);
}

const WORDS = {
  none: "as its source says",
  drift: "changed outside of Terraform",
  unapplied: "has changes that wait for their apply",
  both: "changed outside of Terraform, and has changes that wait for their apply",
  failed: "could not be planned",
} as const;

async function judged(root: string): Promise<DriftReport> {
  try {
    return await inRootAlone(treeFolder(), root, (workplace) =>
      withProgress(`${workplace.name}: terraform plan`, () => compared(root, workplace)),
    );
  } catch (error) {
    if (!(error instanceof TerraformError)) throw error;
    console.error(error.message);
    return failedReport(root, error.message);
  }
}

/** Nothing is locked: an apply must not wait for us, and we change nothing. */
async function compared(root: string, workplace: Workplace): Promise<DriftReport> {
  await init(workplace);
  const json = await planJson(workplace, ["-lock=false"]);
  return driftReport(new Configurations(readTree(treeFolder())).root(root), json);
}
