/** `groundplan workflows`: checks the workflows of GitHub Actions against the policy. */
import type { Command } from "commander";
import { POLICY } from "../pipeline/workflows/catalogue";
import { findingLine, judgeWorkflows, parseSources, readSources } from "../pipeline/workflows/judge";

export function add(program: Command): void {
  program
    .command("workflows")
    .description(
      "check .github/workflows and .github/actions against the workflow policy; exit code 1 if a rule is broken",
    )
    .action(checkWorkflows);
}

function checkWorkflows(): void {
  const repository = parseSources(readSources(process.cwd()));
  const findings = judgeWorkflows(repository);
  for (const finding of findings) console.log(findingLine(finding));
  const { workflows, actions } = repository;
  console.log(
    `${workflows.length} workflows, ${actions.length} actions, ${POLICY.length} rules: ${findings.length} findings`,
  );
  if (findings.length > 0) process.exitCode = 1;
}
