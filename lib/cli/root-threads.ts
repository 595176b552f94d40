/** Judges and compares roots in several threads at once. Each root is evaluated once, and its memory is released. */
import { availableParallelism } from "node:os";
import path from "node:path";
import { Worker } from "node:worker_threads";
import type { Root } from "../generator/root/root";
import type { Configurations, RootConfiguration } from "../judgement/configuration";
import { systemsOf } from "../judgement/parity";
import { type IdentityProps, identityOf } from "../judgement/parity/identity";
import { inCommon, type SharedTexts, textsOf } from "../judgement/parity/shared-texts";
import { type GuardrailsTask, summaryOfClean } from "./clean-roots";

/** Plain data, which threads can copy. */
export interface RootsTask {
  /** Folder of the tree. */
  readonly folder: string;
  /** Folders of the roots below the tree. */
  readonly paths: readonly string[];
  /** Undefined for roots that are not judged. */
  readonly guardrails?: GuardrailsTask;
  /** The roots to compare. */
  readonly compared?: ReadonlyMap<string, ComparedRoot>;
}

interface ComparedRoot {
  readonly system: string;
  readonly identity: IdentityProps;
}

export interface SharedTask extends RootsTask {
  /** The position in `paths` of the next root that no thread has taken, in memory that all threads share. */
  readonly next: Int32Array;
}

/** What several threads found. A root that cannot be evaluated is in neither: the caller meets and reports the error. */
export interface RootsResult {
  /** Summaries of the roots without a finding. The caller judges and reports the others. */
  readonly clean: ReadonlyMap<string, string>;
  /** By system. */
  readonly texts: ReadonlyMap<string, SharedTexts>;
}

/** A thread needs as long to load the judges as one core needs for about this many roots. */
const LEAST_ROOTS = 40;

/** Roots that a thread takes at a time. */
const ROOTS_AT_ONCE = 4;

/**
 * Starts a thread for each further core. A project with few roots gets none, because its roots are judged sooner than a thread
 * starts.
 * @returns a function that works in this thread too, until no root is left; its result is empty for few roots
 */
export function startRoots(task: RootsTask): (tree: Configurations) => Promise<RootsResult> {
  const threads = Math.min(availableParallelism() - 1, Math.floor(task.paths.length / LEAST_ROOTS));
  const shared: SharedTask = { ...task, next: new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) };
  const others = Array.from({ length: threads }, () => inThread(shared));
  return async (tree) => {
    const results = new Results();
    if (threads > 0) results.add(takeRoots(tree, shared));
    for (const other of await Promise.all(others)) results.add(other);
    return results.all;
  };
}

/** Takes roots until none is left. */
export function takeRoots(tree: Configurations, task: SharedTask): RootsResult {
  const results = new Results();
  for (;;) {
    const first = Atomics.add(task.next, 0, ROOTS_AT_ONCE);
    if (first >= task.paths.length) return results.all;
    for (const path of task.paths.slice(first, first + ROOTS_AT_ONCE)) {
      const root = rootIn(tree, path);
      if (root !== undefined) results.add(resultOf(root, task));
      tree.forget(path);
    }
  }
}

function rootIn(tree: Configurations, path: string): RootConfiguration | undefined {
  try {
    return tree.root(path);
  } catch {
    return undefined;
  }
}

function resultOf(root: RootConfiguration, { folder, guardrails, compared }: RootsTask): RootsResult {
  const summary = guardrails && summaryOfClean(root, folder, guardrails);
  const one = compared?.get(root.path);
  return {
    clean: new Map(summary === undefined ? [] : [[root.path, summary]]),
    texts: new Map(one === undefined ? [] : [[one.system, textsOf(root, identityOf(one.identity))]]),
  };
}

class Results {
  private readonly clean = new Map<string, string>();
  private readonly texts = new Map<string, SharedTexts>();

  get all(): RootsResult {
    return { clean: this.clean, texts: this.texts };
  }

  add({ clean, texts }: RootsResult): void {
    for (const [root, summary] of clean) this.clean.set(root, summary);
    for (const [system, own] of texts) {
      const others = this.texts.get(system);
      this.texts.set(system, others === undefined ? own : inCommon(others, own));
    }
  }
}

function inThread(task: SharedTask): Promise<RootsResult> {
  const worker = new Worker(path.join(__dirname, "root-thread.ts"), {
    workerData: task,
    execArgv: ["--require", path.join(__dirname, "typescript.cjs")],
  });
  return new Promise((resolve) => {
    worker.once("message", resolve);
    worker.once("error", () => resolve(new Results().all)); // The caller works on what the thread leaves undone.
  });
}

/** The roots of systems, as threads compare them. Environments that end are not compared. */
export function comparedRoots(roots: readonly Root[]): ReadonlyMap<string, ComparedRoot> {
  return new Map(
    [...systemsOf(roots)].flatMap(([system, own]) =>
      own
        .filter(({ props }) => !props.ending)
        .map(({ address, props: { path, accountId, region, tags, identity } }): [string, ComparedRoot] => [
          address,
          { system, identity: { path, accountId, region, tags, ...(identity && { identity }) } },
        ]),
    ),
  );
}
