/** `groundplan drift-issues`: one issue for each root that has drifted, kept up to date and closed by itself. */
import { readFileSync, statSync } from "node:fs";
import type { Command } from "commander";
import { withGitHub } from "../github/client";
import { DRIFT_REPORT, type DriftReport } from "../github/drift";
import { keepIssues } from "../github/drift-issues";
import { InputError } from "../validation";

export function add(program: Command): void {
  program
    .command("drift-issues")
    .description("open, update and close one issue for each root that has drifted or cannot be planned")
    .argument("<reports...>", "files that `groundplan drift --report` has written, one a root")
    .action(keep);
}

async function keep(files: readonly string[]): Promise<void> {
  const reports = files.map(reportIn);
  const roots = reports.map(({ root }) => root);
  const twice = [...new Set(roots.filter((root, i) => roots.indexOf(root) !== i))];
  if (twice.length > 0) throw new InputError("reports", [`got several of ${twice.join(", ")}; allowed: one a root`]);
  await withGitHub((github) => keepIssues(github, reports, (line) => console.log(line)));
}

/** @throws InputError where there is no such file, or it is no report */
function reportIn(file: string): DriftReport {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) {
    throw new InputError(file, ["got no such file; allowed: what `groundplan drift --report` writes"]);
  }
  const { data, error } = DRIFT_REPORT.safeParse(parsed(readFileSync(file, "utf8")));
  if (data !== undefined) return data;
  throw new InputError(file, [
    "got something else than a report; allowed: what `groundplan drift --report` writes",
    ...error.issues.slice(0, 3).map(({ path, message }) => `${path.join(".") || "the whole"}: ${message}`),
  ]);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
