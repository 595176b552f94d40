/** `groundplan drift-issues`: keeps one GitHub issue for each root that has drifted. */
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
    throw new InputError("reports", ["got none, and no --root; allowed: at least one of either"]);
  }
  const expected = names.map((name) => findRoot(treeFolder(), name));
  const found = files.map(reportIn);
  const roots = found.map(({ root }) => root);
  const twice = [...new Set(roots.filter((root, i) => roots.indexOf(root) !== i))];
  if (twice.length > 0)
    throw new InputError("reports", [`got several of ${twice.join(", ")}; allowed: one for each root`]);
  const missing = [...new Set(expected)].filter((root) => !roots.includes(root));
  const reports = [...found, ...missing.map((root) => failedReport(root, UNTOLD))];
  await withGitHub((github) => keepIssues(github, reports, (line) => console.log(line)));
}

/** The issue keeps what it reported before. */
const UNTOLD = "no report: the check of the root did not finish";

function more(name: string, given: readonly string[]): string[] {
  return [...given, name];
}

const ALLOWED = "the file that `groundplan drift --report` writes";

/** @throws InputError if there is no such file, or it is no report */
function reportIn(file: string): DriftReport {
  const text = readText(file, ALLOWED);
  return parsedInput(file, text, DRIFT_REPORT, { noun: "a report", allowed: ALLOWED });
}
