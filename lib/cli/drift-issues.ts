/** `groundplan drift-issues`: opens, updates and closes one issue for each root with drift or unapplied changes. */
import type { Command } from "commander";
import { InputError } from "../common/errors";
import { parsedInput, readText } from "../common/input-file";
import { treeFolder } from "../generator/synth/tree";
import { withGitHub } from "../pipeline/github/client";
import { DRIFT_REPORT, type DriftReport, failedReport } from "../pipeline/github/drift";
import { keepIssues } from "../pipeline/github/drift-issues";
import { findRoot } from "../terraform";
import { allFromCaller } from "./caller.cjs";

export function add(program: Command): void {
  program
    .command("drift-issues")
    .description("open, update and close one GitHub issue for each root that has drifted or cannot be planned")
    .argument("[reports...]", "files that `groundplan drift --report` wrote, one for each root", allFromCaller)
    .option("--root <root>", "root that needs a report; its issue reports a missing one; repeatable", more, [])
    .action(keep);
}

async function keep(files: readonly string[], { root: names }: { readonly root: readonly string[] }): Promise<void> {
  if (files.length + names.length === 0) {
    throw new InputError("reports", ["got no report and no --root; allowed: at least one report or --root"]);
  }
  const expected = names.map((name) => findRoot(treeFolder(), name));
  const found = files.map(reportIn);
  const roots = found.map(({ root }) => root);
  const twice = [...new Set(roots.filter((root, i) => roots.indexOf(root) !== i))];
  if (twice.length > 0)
    throw new InputError("reports", [`got several reports for ${twice.join(", ")}; allowed: one per root`]);
  const missing = [...new Set(expected)].filter((root) => !roots.includes(root));
  const reports = [...found, ...missing.map((root) => failedReport(root, NO_REPORT))];
  await withGitHub((github) => keepIssues(github, reports, (line) => console.log(line)));
}

/** The issue keeps the known drift of a root whose check was stopped. */
const NO_REPORT = "there is no report, as the drift check did not finish";

function more(name: string, given: readonly string[]): string[] {
  return [...given, name];
}

const ALLOWED = "a file that `groundplan drift --report` has written";

/** @throws InputError if the file does not exist or is not a report */
function reportIn(file: string): DriftReport {
  const text = readText(file, ALLOWED);
  return parsedInput(file, text, DRIFT_REPORT, { noun: "a drift report", allowed: ALLOWED });
}
