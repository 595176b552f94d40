/** `groundplan assessment`: compares guardrails and findings of Security Hub with the criteria of SOC 2. */
import type { Command } from "commander";
import { parsedInput, readText } from "../common/input-file";
import { treeFolder } from "../generator/synth/tree";
import { assess } from "../judgement/assessment/assess";
import { FINDINGS, type SecurityHubFinding } from "../judgement/assessment/findings";
import { assessmentReport } from "../judgement/assessment/report";
import { Configurations, readTree } from "../judgement/configuration";
import { GUARDRAILS } from "../judgement/guardrails/catalogue";
import { findRoot, rootPaths } from "../terraform";
import { fromCaller } from "./caller.cjs";
import { judged, today } from "./judged";

interface Options {
  readonly findings?: string;
  readonly json?: true;
}

export function add(program: Command): void {
  program
    .command("assessment")
    .description(
      "compare guardrails and findings of Security Hub with the criteria of SOC 2, as Markdown; exit code 1 if something fails",
    )
    .argument("[roots...]", "roots: <system>/<environment> or accounts/<account>; default: all roots")
    .option("--findings <file>", "output of `aws securityhub get-findings`", fromCaller)
    .option("--json", "print only the assessment, as JSON")
    .action(print);
}

function print(names: readonly string[], { findings, json }: Options): void {
  const folder = treeFolder();
  const paths = names.length > 0 ? names.map((name) => findRoot(folder, name)) : rootPaths(folder);
  const assessment = assess({
    day: today(),
    guardrails: GUARDRAILS,
    judgements: judged(new Configurations(readTree(folder)), paths).map(({ judgement }) => judgement),
    findings: findings === undefined ? [] : findingsIn(findings),
  });
  process.stdout.write(json ? `${JSON.stringify(assessment, null, 2)}\n` : assessmentReport(assessment));
  if (assessment.failing) process.exitCode = 1;
}

const ALLOWED = "a file with the output of `aws securityhub get-findings`";

/** @throws InputError if the file does not exist or holds something else */
function findingsIn(file: string): readonly SecurityHubFinding[] {
  const expected = { noun: "findings of Security Hub", allowed: ALLOWED };
  return parsedInput(file, readText(file, ALLOWED), FINDINGS, expected).Findings;
}
