/** `groundplan guardrails`: judges roots as their source describes them. */
import type { Command } from "commander";
import { composedRoots, sourcesOfTree } from "../composition-root";
import { Configurations, readTree } from "../configuration";
import { ACTION_GUARDRAILS } from "../gate/actions";
import { judgeRoot } from "../guardrails/judge";
import { guardrailsPage } from "../guardrails/page";
import { tell } from "../guardrails/report";
import { findRoot, rootName, rootPaths } from "../terraform";
import { treeFolder } from "../tree";

export function addGuardrails(program: Command): void {
  program
    .command("guardrails")
    .description("judge roots by every guardrail, without Terraform; exit code 1 where one is broken")
    .argument("[roots...]", "roots: <system>/<environment>; all of them unless said otherwise")
    .option("--page", "print the page about the guardrails as Markdown instead")
    .action((names: readonly string[], { page }: { page?: true }) => (page ? printPage() : judge(names)));
}

function printPage(): void {
  process.stdout.write(guardrailsPage(ACTION_GUARDRAILS));
}

function judge(names: readonly string[]): void {
  const folder = treeFolder();
  const paths = names.length > 0 ? names.map((name) => findRoot(folder, name)) : rootPaths(folder);
  const tree = new Configurations(readTree(folder));
  const composed = new Map(composedRoots().map((root) => [root.address, root]));
  const today = new Date().toISOString().slice(0, 10);
  for (const path of paths) {
    const judgement = judgeRoot(tree.root(path), composed.get(path)?.props.exceptions ?? [], today);
    const { counts, broken, unknown, excused, problems } = judgement;
    for (const finding of broken) console.log(tell(finding, judgement.root, sourcesOfTree()));
    for (const problem of problems) console.log(`${path}: ${problem}`);
    console.log(
      `${rootName(path)}: ${counts.holds} hold, ${broken.length} broken, ${excused.length} excused, ${unknown.length} left to the plan`,
    );
    if (broken.length + problems.length > 0) process.exitCode = 1;
  }
}
