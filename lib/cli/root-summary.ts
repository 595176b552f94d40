/** The line that `groundplan guardrails` prints for a root, and the problems of the root's lock file. */
import path from "node:path";
import type { LockedProvider } from "../generator/providers";
import { isLockable, LOCK_FILE, lockProblems } from "../generator/root/dependency-lock";
import type { ProjectJudgement } from "../generator/synth/project-judgement";
import type { RootConfiguration } from "../judgement/configuration";
import type { Judgement } from "../judgement/guardrails/judge";
import { backendsOf, isBackendJudged } from "../judgement/guardrails/state";
import { isJudged } from "../judgement/guardrails/types";
import { isJudgedByProject } from "../judgement/guardrails/types/project";
import { dependencyLockOf, rootName } from "../terraform";
import { providersOf } from "../terraform/required-providers";

/** @param own the types that the project has judged itself */
export function rootSummary(judgement: Judgement, own: readonly ProjectJudgement[]): string {
  const { root, counts, broken, unknown, excused } = judgement;
  const unjudged = root.of("*").filter(({ type }) => !isJudged(type) && !isJudgedByProject(type, own));
  const backends = backendsOf(root).filter(([type]) => !isBackendJudged(type, own));
  const state = backends.map(([type]) => `, state in the backend ${type}, which nobody has judged`).join("");
  return `${rootName(root.path)}: ${counts.holds} hold, ${broken.length} broken, ${excused.length} excused, ${unknown.length} left to the plan, ${unjudged.length} resources of types that nobody has judged${state}`;
}

/** A lock file is not a block of the root, so no guardrail judges it. @param folder of the tree */
export function lockFindings(folder: string, root: RootConfiguration, locked: readonly LockedProvider[]): string[] {
  const pinned = providersOf(root.terraform);
  const lock = dependencyLockOf(path.join(folder, root.path));
  return lockProblems(lock, pinned, locked, isLockable(pinned, locked)).map(
    (problem) => `${root.path}/${LOCK_FILE}: ${problem}`,
  );
}
