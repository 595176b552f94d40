/** Judges roots in several threads at once, and summarizes each root without a finding. */
import { availableParallelism } from "node:os";
import path from "node:path";
import { Worker } from "node:worker_threads";
import type { LockedProvider } from "../generator/providers";
import type { Exception } from "../generator/root/exception";
import type { ProjectJudgement } from "../generator/synth/project-judgement";
import type { Configurations } from "../judgement/configuration";
import { unknownKeyProblems } from "../judgement/configuration/unknown-keys";
import { judgeRoot } from "../judgement/guardrails/judge";
import { lockFindings, rootSummaryOf } from "./root-summary";

/** Plain data, which threads can copy. */
export interface JudgingTask {
  /** Folder of the tree. */
  readonly folder: string;
  /** Folders of the roots below the tree. */
  readonly paths: readonly string[];
  readonly exceptions: ReadonlyMap<string, readonly Exception[]>;
  readonly own: readonly ProjectJudgement[];
  readonly locked: readonly LockedProvider[];
  /** As `2026-11-22`. */
  readonly today: string;
}

export interface SharedTask extends JudgingTask {
  /** The position in `paths` of the next root that no thread has taken, in memory that all threads share. */
  readonly next: Int32Array;
}

/** A thread needs as long to load the judges as one core needs for about this many roots. */
const LEAST_ROOTS = 40;

/** Roots that a thread takes at a time. */
const ROOTS_AT_ONCE = 4;

/**
 * Starts a thread for each further core. A project with few roots gets none, because its roots are judged sooner than a thread
 * starts.
 * @returns a function that judges in this thread too, until no root is left, and returns the summaries by root. Roots with a
 * finding, and roots that cannot be judged, have none: the caller judges and reports them.
 */
export function startJudging(task: JudgingTask): (tree: Configurations) => Promise<ReadonlyMap<string, string>> {
  const threads = Math.min(availableParallelism() - 1, Math.floor(task.paths.length / LEAST_ROOTS));
  const shared: SharedTask = { ...task, next: new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) };
  const others = Array.from({ length: threads }, () => inThread(shared));
  return async (tree) => {
    const own = threads > 0 ? summariesOfClean(tree, shared) : [];
    return new Map([...own, ...(await Promise.all(others)).flat()]);
  };
}

/** Takes roots until none is left. */
export function summariesOfClean(tree: Configurations, task: SharedTask): [root: string, summary: string][] {
  const found: [string, string][] = [];
  for (;;) {
    const first = Atomics.add(task.next, 0, ROOTS_AT_ONCE);
    if (first >= task.paths.length) return found;
    for (const root of task.paths.slice(first, first + ROOTS_AT_ONCE)) {
      const summary = summaryOfClean(tree, root, task);
      if (summary !== undefined) found.push([root, summary]);
    }
  }
}

function summaryOfClean(tree: Configurations, root: string, task: JudgingTask): string | undefined {
  try {
    const judgement = judgeRoot(tree.root(root), task.exceptions.get(root) ?? [], task.today);
    const { broken, problems } = judgement;
    const found = [
      ...broken,
      ...problems,
      ...unknownKeyProblems(judgement.root, () => new Map()),
      ...lockFindings(task.folder, root, task.locked),
    ];
    return found.length === 0 ? rootSummaryOf(judgement, task.own) : undefined;
  } catch {
    return undefined; // The caller judges the root again, and meets the same error.
  }
}

function inThread(task: SharedTask): Promise<[string, string][]> {
  const worker = new Worker(path.join(__dirname, "judging-thread.ts"), {
    workerData: task,
    execArgv: ["--require", path.join(__dirname, "typescript.cjs")],
  });
  return new Promise((resolve) => {
    worker.once("message", resolve);
    worker.once("error", () => resolve([])); // The caller judges what the thread leaves undone.
  });
}
