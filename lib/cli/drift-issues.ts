/** `groundplan drift-issues`: one issue for each root that is not as its source says, kept up to date and closed by itself. */
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
    .description("open, update and close one issue for each root that is not as its source says, or cannot be planned")
    .argument("[reports...]", "files that `groundplan drift --report` has written, one a root", allFromCaller)
    .option("--root <root>", "a root that has to have a report: told where it has none; may be said again", more, [])
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
  if (twice.length > 0) throw new InputError("reports", [`got several of ${twice.join(", ")}; allowed: one a root`]);
  const missing = [...new Set(expected)].filter((root) => !roots.includes(root));
  const reports = [...found, ...missing.map((root) => failedReport(root, UNTOLD))];
  await withGitHub((github) => keepIssues(github, reports, (line) => console.log(line)));
}

/** Whatever stopped the check, what is known of the root stays as it is. */
const UNTOLD = "no report: its check did not end";

function more(name: string, given: readonly string[]): string[] {
  return [...given, name];
}

const ALLOWED = "what `groundplan drift --report` writes";

/** @throws InputError where there is no such file, or it is no report */
function reportIn(file: string): DriftReport {
  const text = readText(file, ALLOWED);
  return parsedInput(file, text, DRIFT_REPORT, { noun: "a report", allowed: ALLOWED });
}
