/** `groundplan guardrails`: checks the generated roots against every guardrail. */
import type { Command } from "commander";
import { projectJudgements, projectProviders, sourcesOfTree } from "../generator/synth/composition-root";
import { treeFolder } from "../generator/synth/tree";
import { Configurations, readTree } from "../judgement/configuration";
import { ACTION_GUARDRAILS } from "../judgement/gate/actions";
import { guardrailsPage } from "../judgement/guardrails/page";
import { unpublishedParameters } from "../judgement/guardrails/parameter-order";
import { findRoot, rootPaths } from "../terraform";
import { composedExceptions, judged, today } from "./judged";
import { orderedRoots, readsParameters } from "./parameters";
import { lockFindings, rootSummary } from "./root-summary";
import { startRoots } from "./root-threads";

export function add(program: Command): void {
  program
    .command("guardrails")
    .description("check roots against every guardrail, without Terraform; exit code 1 if one is broken")
    .argument("[roots...]", "roots: <system>/<environment> or accounts/<account>; default: all roots")
    .option("--page", "print the documentation of all guardrails as Markdown, and check nothing")
    .action((names: readonly string[], { page }: { page?: true }) => (page ? printPage() : judge(names)));
}

function printPage(): void {
  process.stdout.write(guardrailsPage(ACTION_GUARDRAILS));
}

async function judge(names: readonly string[]): Promise<void> {
  const folder = treeFolder();
  const own = projectJudgements();
  const { locked } = projectProviders();
  const paths = names.length > 0 ? names.map((name) => findRoot(folder, name)) : rootPaths(folder);
  const files = readTree(folder);
  const tree = new Configurations(files, sourcesOfTree);
  const guardrails = { exceptions: composedExceptions(), own, locked, today: today() };
  const { clean } = await startRoots({ folder, paths, guardrails })(tree);
  const others = judged(
    tree,
    paths.filter((root) => !clean.has(root)),
  );
  const reports = new Map(others.map((one) => [one.judgement.root.path, one]));
  for (const root of paths) {
    const report = reports.get(root);
    const messages =
      report === undefined ? [] : [...report.messages, ...lockFindings(folder, report.judgement.root, locked)];
    for (const text of messages) console.log(text);
    console.log(report === undefined ? clean.get(root) : rootSummary(report.judgement, own));
    if (messages.length > 0) process.exitCode = 1;
  }
  const unpublished = names.length === 0 && readsParameters(files) ? unpublishedParameters(orderedRoots(tree)) : [];
  for (const text of unpublished) console.log(text);
  if (unpublished.length > 0) process.exitCode = 1;
}
