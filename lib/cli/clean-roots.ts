/** Summaries of roots without a finding. */
import type { LockedProvider } from "../generator/providers";
import type { Exception } from "../generator/root/exception";
import type { ProjectJudgement } from "../generator/synth/project-judgement";
import type { RootConfiguration } from "../judgement/configuration";
import { unknownKeyProblems } from "../judgement/configuration/unknown-keys";
import { judgeRoot } from "../judgement/guardrails/judge";
import { lockFindings, rootSummary } from "./root-summary";

/** Plain data, which threads can copy. */
export interface GuardrailsTask {
  readonly exceptions: ReadonlyMap<string, readonly Exception[]>;
  readonly own: readonly ProjectJudgement[];
  readonly locked: readonly LockedProvider[];
  /** As `2026-11-22`. */
  readonly today: string;
}

/** Undefined for a root with a finding, and for a root that cannot be judged. @param folder of the tree */
export function summaryOfClean(root: RootConfiguration, folder: string, task: GuardrailsTask): string | undefined {
  try {
    const judgement = judgeRoot(root, task.exceptions.get(root.path) ?? [], task.today);
    const { broken, problems } = judgement;
    const found = [
      ...broken,
      ...problems,
      ...unknownKeyProblems(root, () => new Map()),
      ...lockFindings(folder, root, task.locked),
    ];
    return found.length === 0 ? rootSummary(judgement, task.own) : undefined;
  } catch {
    return undefined; // The caller judges the root again, and meets the same error.
  }
}
