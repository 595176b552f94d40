/** `groundplan workflows`: checks the workflows of GitHub Actions against the policy, and generates the workflow `promote`. */
import type { Command } from "commander";
import { projectSettings } from "../generator/project-settings";
import { POLICY } from "../pipeline/workflows/catalogue";
import { findingLine, judgeWorkflows, parseSources, readSources } from "../pipeline/workflows/judge";
import { promoteWorkflow } from "../pipeline/workflows/promote";

export function add(program: Command): void {
  program
    .command("workflows")
    .description("check .github/workflows and .github/actions against the policy; exit code 1 if a rule is broken")
    .option("--promote", "print .github/workflows/promote.yml for the number of waves, and check nothing")
    .action(workflows);
}

function workflows({ promote }: { readonly promote?: true }): void {
  if (promote) process.stdout.write(promoteWorkflow(projectSettings().waves));
  else checkWorkflows();
}

const PROMOTE = ".github/workflows/promote.yml";

function checkWorkflows(): void {
  const sources = readSources(process.cwd());
  const repository = parseSources(sources);
  const findings = [...judgeWorkflows(repository).map(findingLine), ...staleWorkflow(sources.get(PROMOTE))];
  for (const finding of findings) console.log(finding);
  const counts = [
    `${repository.workflows.length} workflows`,
    `${repository.actions.length} actions`,
    `${POLICY.length} rules: ${findings.length} findings`,
  ];
  console.log(counts.join(", "));
  if (findings.length > 0) process.exitCode = 1;
}

/** A wave without a job would never be applied. */
function staleWorkflow(committed: string | undefined): string[] {
  const { waves } = projectSettings();
  if (committed === undefined || committed === promoteWorkflow(waves)) return [];
  return [
    `${PROMOTE}: got another text than for ${waves} waves; allowed: the output of groundplan workflows --promote`,
  ];
}
