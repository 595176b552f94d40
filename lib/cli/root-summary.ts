/** The line that `groundplan guardrails` prints for a root, and the problems of the root's lock file. */
import path from "node:path";
import { providerName } from "../generator/providers";
import { LOCK_FILE, lockFile, lockProblems } from "../generator/root/dependency-lock";
import type { ProjectJudgement } from "../generator/synth/project-judgement";
import type { RootConfiguration } from "../judgement/configuration";
import type { Judgement } from "../judgement/guardrails/judge";
import { isJudged } from "../judgement/guardrails/types";
import { isJudgedByProject } from "../judgement/guardrails/types/project";
import { valuesAt } from "../judgement/guardrails/values";
import { isMapping } from "../judgement/hcl";
import { dependencyLockOf, rootName } from "../terraform";

/** @param own the types that the project has judged itself */
export function summaryOf(judgement: Judgement, own: readonly ProjectJudgement[]): string {
  const { root, counts, broken, unknown, excused } = judgement;
  const unjudged = root.of("*").filter(({ type }) => !isJudged(type) && !isJudgedByProject(type, own));
  return `${rootName(root.path)}: ${counts.holds} hold, ${broken.length} broken, ${excused.length} excused, ${unknown.length} left to the plan, ${unjudged.length} resources of types that nobody has judged`;
}

/** A lock file is not a block of the root, so no guardrail judges it. @param folder of the tree */
export function lockFindings(folder: string, root: RootConfiguration): string[] {
  const [providers = null] = valuesAt(root.terraform, "required_providers");
  const names = isMapping(providers) ? Object.keys(providers).map(providerName) : [];
  const isWritten = lockFile(root.path, names).length > 0;
  const text = dependencyLockOf(path.join(folder, root.path));
  return lockProblems(text, isWritten ? names : []).map((problem) => `${root.path}/${LOCK_FILE}: ${problem}`);
}
