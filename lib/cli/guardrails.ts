/** `groundplan guardrails`: judges roots as their source describes them. */
import type { Command } from "commander";
import { projectJudgements } from "../composition-root";
import { Configurations, readTree } from "../configuration";
import { ACTION_GUARDRAILS } from "../gate/actions";
import { guardrailsPage } from "../guardrails/page";
import { isJudged } from "../guardrails/types";
import { isJudgedByProject } from "../guardrails/types/project";
import { findRoot, rootName, rootPaths } from "../terraform";
import { treeFolder } from "../tree";
import { judged } from "./judged";

export function add(program: Command): void {
  program
    .command("guardrails")
    .description("judge roots by every guardrail, without Terraform; exit code 1 where one is broken")
    .argument("[roots...]", "roots: <system>/<environment>, or accounts/<account>; all of them unless said otherwise")
    .option("--page", "print the page about the guardrails as Markdown instead")
    .action((names: readonly string[], { page }: { page?: true }) => (page ? printPage() : judge(names)));
}

function printPage(): void {
  process.stdout.write(guardrailsPage(ACTION_GUARDRAILS));
}

function judge(names: readonly string[]): void {
  const folder = treeFolder();
  const own = projectJudgements();
  const paths = names.length > 0 ? names.map((name) => findRoot(folder, name)) : rootPaths(folder);
  for (const { judgement, told } of judged(new Configurations(readTree(folder)), paths)) {
    const { root, counts, broken, unknown, excused } = judgement;
    for (const text of told) console.log(text);
    const unjudged = root.of("*").filter(({ type }) => !isJudged(type) && !isJudgedByProject(type, own));
    console.log(
      `${rootName(root.path)}: ${counts.holds} hold, ${broken.length} broken, ${excused.length} excused, ${unknown.length} left to the plan, ${unjudged.length} resources of types that nobody has judged`,
    );
    if (told.length > 0) process.exitCode = 1;
  }
}
