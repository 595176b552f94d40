/** Which roots a change touches: those that Terraform reads something else for. */

import { type Blobs, commitIfKnown, isShallow, textAt } from "../../common/git";
import { rootsInManifest } from "../../terraform/roots";
import { isRead } from "./root-files";

/**
 * Why nothing can be compared with a base, so that every root counts as affected; undefined where it can. A commit that is
 * not in the clone is no wrong use: GitHub names one as the state before a push when the branch was created or rewritten.
 * @param ref what is no full commit id has to be known
 */
export function withoutBase(treeFolder: string, ref: string): string | undefined {
  if (NO_COMMIT.test(ref)) return "the base is no commit, as at the first push of a branch";
  const commit = commitIfKnown(treeFolder, ref);
  if (commit === undefined && COMMIT_ID.test(ref)) return `${missing(treeFolder)} the base ${ref}`;
  if (commit !== undefined && textAt(treeFolder, commit, "manifest.json") === undefined) {
    return `the base ${ref} has no generated tree`;
  }
  return undefined;
}

/**
 * `before` of a push that creates a branch.
 * @see https://docs.github.com/en/webhooks/webhook-events-and-payloads#push
 */
const NO_COMMIT = /^(?:0{40}|0{64})$/;
const COMMIT_ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

function missing(treeFolder: string): string {
  if (!isShallow(treeFolder)) return "this clone does not have";
  return "this clone is shallow (actions/checkout gets the whole history with fetch-depth: 0) and does not have";
}

/** Files that Terraform reads and that are not the same, or not there, on one of the two sides. */
export function changedFiles(base: Blobs, now: Blobs): string[] {
  const files = new Set([...base.keys(), ...now.keys()]);
  return [...files].filter((file) => isRead(file) && base.get(file) !== now.get(file));
}

/**
 * Whether one of the files lies in one of the folders. Today's folders of a root are enough: a call that is gone or new changes
 * a file of the folder that made it.
 */
export function affects(changed: readonly string[], folders: ReadonlySet<string>): boolean {
  return changed.some((file) => [...folders].some((folder) => file.startsWith(`${folder}/`)));
}

/** Roots that the tree had once and has no more. @param manifest the text of the tree's manifest at that time */
export function removedRoots(manifest: string | undefined, now: readonly string[]): string[] {
  if (manifest === undefined) return [];
  return rootsInManifest("manifest.json of the base", manifest)
    .filter((root) => !now.includes(root))
    .sort();
}
