/** Problems of the generated roots: findings of guardrails, and wrong exceptions. */
import type { Exception } from "../generator/root/exception";
import { composedRoots, sourcesOfTree } from "../generator/synth/composition-root";
import type { Configurations } from "../judgement/configuration";
import { unknownKeyProblems } from "../judgement/configuration/unknown-keys";
import { type Judgement, judgeRoot } from "../judgement/guardrails/judge";
import { findingText } from "../judgement/guardrails/report";

export interface JudgedRoot {
  readonly judgement: Judgement;
  /** One text for each finding, and one for each problem with an exception. */
  readonly told: readonly string[];
  /** Whether the only problems are expired exceptions: the source has not changed since they were valid. */
  readonly hasOnlyExpired: boolean;
}

/** As `2026-11-22`. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** The exceptions in main.ts, by root. */
export function composedExceptions(): ReadonlyMap<string, readonly Exception[]> {
  return new Map(composedRoots().map((root) => [root.address, root.props.exceptions ?? []]));
}

/** @param paths folders of the roots below the tree */
export function judged(tree: Configurations, paths: readonly string[]): JudgedRoot[] {
  const exceptions = composedExceptions();
  return paths.map((path) => {
    const judgement = judgeRoot(tree.root(path), exceptions.get(path) ?? [], today());
    const { broken } = judgement;
    const problems = [
      ...judgement.problems.map((problem) => `${path}: ${problem}`),
      ...unknownKeyProblems(judgement.root, sourcesOfTree),
    ];
    const sources = broken.length > 0 ? sourcesOfTree() : new Map<string, string>();
    return {
      judgement,
      told: [...broken.map((finding) => findingText(finding, judgement.root, sources)), ...problems],
      hasOnlyExpired:
        problems.length === 0 && broken.length > 0 && broken.every(({ exception }) => exception !== undefined),
    };
  });
}
