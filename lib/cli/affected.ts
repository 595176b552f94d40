/** `groundplan affected`: lists the roots that a change affects, as JSON for a build matrix. */
import { type Command, Option } from "commander";
import { InputError } from "../common/errors";
import { blobsAt, blobsNow, commitOf, textAt } from "../common/git";
import type { Root } from "../generator/root/root";
import { composedRoots } from "../generator/synth/composition-root";
import { treeFolder } from "../generator/synth/tree";
import { Configurations, readTree } from "../judgement/configuration";
import { readersOf } from "../judgement/guardrails/parameter-order";
import { affects, changedFiles, removedRoots, withoutBase } from "../pipeline/delivery/affected";
import { matrix } from "../pipeline/delivery/matrix";
import { RootFiles } from "../pipeline/delivery/root-files";
import { requireWrittenTree, rootName, rootPaths } from "../terraform";
import { orderedRoots, readsParameters } from "./parameters";

interface Options {
  readonly base?: string;
  readonly all?: true;
}

export function add(program: Command): void {
  program
    .command("affected")
    .description("list the roots that the changes since a commit affect, as JSON for a build matrix")
    .addOption(new Option("--base <ref>", "commit to compare with").conflicts("all"))
    .option("--all", "list every root")
    .action(affected);
}

function affected({ base, all }: Options): void {
  const roots = rootsOfTree();
  if (base === undefined && all === undefined)
    throw new InputError("affected", ["got neither --base nor --all; allowed: one of them"]);
  const touched = base === undefined ? { roots, removed: [] } : touchedSince(base, roots);
  for (const root of touched.removed) {
    console.error(
      `${rootName(root)}: the root is no longer in the tree; its resources remain until somebody destroys them`,
    );
  }
  for (const { address, props } of touched.roots) {
    if (props.delivery === undefined) console.error(`${rootName(address)}: skipped, since the root has no delivery`);
  }
  console.log(JSON.stringify(matrix(touched.roots, touched.removed)));
}

function touchedSince(ref: string, roots: readonly Root[]): { roots: readonly Root[]; removed: string[] } {
  const tree = treeFolder();
  const why = withoutBase(tree, ref);
  if (why !== undefined) {
    console.error(`${why}: every root counts as affected, and removed roots are not listed`);
    return { roots, removed: [] };
  }
  const base = commitOf(tree, ref);
  const read = new RootFiles(tree);
  const files = new Set(roots.flatMap(({ address }) => read.filesOf(address)));
  const changed = changedFiles(blobsAt(tree, base), blobsNow(tree, [...files]));
  const direct = roots.map(({ address }) => address).filter((address) => affects(changed, read.foldersOf(address)));
  const affected = new Set([...direct, ...readersIn(tree, direct)]);
  return {
    roots: roots.filter(({ address }) => affected.has(address)),
    removed: removedRoots(textAt(tree, base, "manifest.json"), rootPaths(tree)),
  };
}

/** Roots whose files did not change, and that read what the changed ones publish. */
function readersIn(tree: string, changed: readonly string[]): string[] {
  if (changed.length === 0) return [];
  const files = readTree(tree);
  return readsParameters(files) ? readersOf(changed, orderedRoots(new Configurations(files))) : [];
}

/** @throws InputError if the tree has other roots than main.ts, or files that synth did not write */
function rootsOfTree(): readonly Root[] {
  requireWrittenTree(treeFolder());
  const inTree = rootPaths(treeFolder());
  const roots = composedRoots();
  const missing = roots.filter(({ address }) => !inTree.includes(address)).map(({ address }) => address);
  const foreign = inTree.filter((root) => !roots.some(({ address }) => address === root));
  if (missing.length + foreign.length === 0) return roots;
  throw new InputError(treeFolder(), [
    `got other roots than main.ts: ${[...missing, ...foreign].join(", ")}; allowed: the same roots; run: npm run synth`,
  ]);
}
