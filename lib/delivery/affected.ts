/** Which roots a change touches: those that Terraform reads something else for. */
import { MANIFEST } from "../terraform/roots";
import type { Blobs } from "./git";
import { isRead } from "./root-files";

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
  const { stacks } = MANIFEST.parse(JSON.parse(manifest));
  const then = Object.values(stacks).map((stack) => stack.workingDirectory);
  return then.filter((root) => !now.includes(root)).sort();
}
