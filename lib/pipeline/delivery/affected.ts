/** Roots that a change affects: those whose Terraform files differ. */

import { type Blobs, commitIfKnown, isShallow, textAt } from "../../common/git";
import { rootsInManifest } from "../../terraform/roots";
import { isRead } from "./root-files";

/**
 * The reason why there is no base to compare with, so that every root counts as affected; undefined if there is one. A full
 * commit id may be missing in the clone: GitHub names such a commit as the state before a push that rewrites the branch.
 * @param ref a branch or tag has to exist
 */
export function withoutBase(treeFolder: string, ref: string): string | undefined {
  if (NO_COMMIT.test(ref)) return "the base is not a commit, as for the first push of a branch";
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

/** Files that Terraform reads and that differ, or exist on one side only. */
export function changedFiles(base: Blobs, now: Blobs): string[] {
  const files = new Set([...base.keys(), ...now.keys()]);
  return [...files].filter((file) => isRead(file) && base.get(file) !== now.get(file));
}

/**
 * Whether one of the files lies in one of the folders. The present folders of a root are enough: a removed or added call
 * changes a file of the folder with the call.
 */
export function affects(changed: readonly string[], folders: ReadonlySet<string>): boolean {
  return changed.some((file) => [...folders].some((folder) => file.startsWith(`${folder}/`)));
}

/** Roots that are no longer in the tree. @param manifest text of the manifest at the base */
export function removedRoots(manifest: string | undefined, now: readonly string[]): string[] {
  if (manifest === undefined) return [];
  return rootsInManifest("manifest.json of the base", manifest)
    .filter((root) => !now.includes(root))
    .sort();
}
