/** `groundplan guardrails`: checks the generated roots against every guardrail. */
import path from "node:path";
import type { Command } from "commander";
import type { LockedProvider } from "../generator/providers";
import { isLockable, LOCK_FILE, lockProblems } from "../generator/root/dependency-lock";
import { projectJudgements, projectProviders } from "../generator/synth/composition-root";
import { treeFolder } from "../generator/synth/tree";
import { Configurations, type RootConfiguration, readTree } from "../judgement/configuration";
import { ACTION_GUARDRAILS } from "../judgement/gate/actions";
import { guardrailsPage } from "../judgement/guardrails/page";
import { isJudged } from "../judgement/guardrails/types";
import { isJudgedByProject } from "../judgement/guardrails/types/project";
import { dependencyLockOf, findRoot, rootName, rootPaths } from "../terraform";
import { requiredProviders } from "../terraform/required-providers";
import { judged } from "./judged";

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

function judge(names: readonly string[]): void {
  const folder = treeFolder();
  const own = projectJudgements();
  const { locked } = projectProviders();
  const paths = names.length > 0 ? names.map((name) => findRoot(folder, name)) : rootPaths(folder);
  for (const { judgement, told: findings } of judged(new Configurations(readTree(folder)), paths)) {
    const { root, counts, broken, unknown, excused } = judgement;
    const told = [...findings, ...lockFindings(folder, root, locked)];
    for (const text of told) console.log(text);
    const unjudged = root.of("*").filter(({ type }) => !isJudged(type) && !isJudgedByProject(type, own));
    console.log(
      `${rootName(root.path)}: ${counts.holds} hold, ${broken.length} broken, ${excused.length} excused, ${unknown.length} left to the plan, ${unjudged.length} resources of types that nobody has judged`,
    );
    if (told.length > 0) process.exitCode = 1;
  }
}

/** A lock file is no block of the root, so that no guardrail sees it. */
function lockFindings(folder: string, root: RootConfiguration, locked: readonly LockedProvider[]): string[] {
  const rootFolder = path.join(folder, root.path);
  const pinned = requiredProviders(rootFolder);
  return lockProblems(dependencyLockOf(rootFolder), pinned, locked, isLockable(pinned, locked)).map(
    (problem) => `${root.path}/${LOCK_FILE}: ${problem}`,
  );
}
