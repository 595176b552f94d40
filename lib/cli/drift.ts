/** `groundplan drift`: compares a root with its source. Exit code 0 also if the root cannot be planned: the report says so. */
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
  withPlanInputs,
} from "../terraform";
import { fromCaller } from "./caller.cjs";
import { withProgress } from "./progress";
import { tellMissingConfiguration } from "./terraform";

export function add(program: Command): void {
  program
    .command("drift")
    .description("report changes to a root that were made outside of Terraform, and changes that are not applied yet")
    .argument("<root>", "root: <system>/<environment> or accounts/<account>")
    .requiredOption("--report <file>", "write the report to this file, as JSON without values of resources", fromCaller)
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
  none: "no changes",
  drift: "changed outside of Terraform",
  unapplied: "has changes that are not applied yet",
  both: "changed outside of Terraform, and has changes that are not applied yet",
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

/** Does not lock the state: the check changes nothing, and an apply must not wait for it. */
async function compared(root: string, workplace: Workplace): Promise<DriftReport> {
  await init(workplace);
  const json = await planJson(withPlanInputs(workplace), ["-lock=false"]);
  return driftReport(new Configurations(readTree(treeFolder())).root(root), json);
}
