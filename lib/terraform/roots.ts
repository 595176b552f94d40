/** The roots of a generated tree, and their names in commands. */
import { existsSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { InputError } from "../common/errors";
import { parsedInput, readText } from "../common/input-file";
import { requireWritten } from "../generator/synth/foreign-files";
import { calledFolders } from "./calls";

/** `manifest.json` of a tree: the folders of its roots. */
const STACKS = z.object({ stacks: z.record(z.string(), z.object({ workingDirectory: z.string() })) });
/** The same file: what synth wrote. */
const LISTED = z.object({ files: z.array(z.string()) });
const WRITTEN = {
  noun: "the manifest of a tree",
  allowed: "the file that `groundplan synth` writes; run: npm run synth",
};
const ENVIRONMENTS = "environments/";

/** Folders of all roots below the tree: `environments/shop/dev`, `accounts/shared`. @throws InputError */
export function rootPaths(treeFolder: string): string[] {
  const file = manifestFile(treeFolder);
  return rootsInManifest(file, readText(file, WRITTEN.allowed));
}

/** The same, of the text of a manifest. @throws InputError */
export function rootsInManifest(place: string, text: string): string[] {
  return Object.values(parsedInput(place, text, STACKS, WRITTEN).stacks).map((stack) => stack.workingDirectory);
}

function manifestFile(treeFolder: string): string {
  return path.join(treeFolder, "manifest.json");
}

/**
 * @returns the files that synth wrote, below the tree
 * @throws InputError if Terraform would read other files in a folder of a root or module, or one of the files is missing
 */
export function requireWrittenTree(treeFolder: string): ReadonlySet<string> {
  const file = manifestFile(treeFolder);
  const written = new Set(parsedInput(file, readText(file, WRITTEN.allowed), LISTED, WRITTEN).files);
  const gone = [...written].filter((name) => name.endsWith(".tf.json") && !existsSync(path.join(treeFolder, name)));
  if (gone.length > 0) {
    throw new InputError(treeFolder, [
      `got no ${gone.join(", ")}; allowed: every file that synth wrote; run: npm run synth`,
    ]);
  }
  const folders = new Set([...written].map((name) => path.posix.dirname(name)));
  requireWritten(treeFolder, folders, written);
  const called = [...folders].flatMap((folder) => calledFolders(treeFolder, folder));
  requireWritten(treeFolder, new Set(called.filter((folder) => !folders.has(folder))), written);
  return written;
}

/** The folder of the root that a command names. @throws InputError that lists the known ones. */
export function findRoot(treeFolder: string, name: string): string {
  const paths = rootPaths(treeFolder);
  const found = paths.find((known) => known === name || rootName(known) === name);
  if (found !== undefined) return found;
  const allowed = paths.map(rootName).join(", ") || "none, as the tree has no root";
  throw new InputError("unknown root", [`got "${name}"; allowed: ${allowed}`]);
}

/** What commands call a root: `shop/dev`, `accounts/shared`. */
export function rootName(rootPath: string): string {
  return rootPath.startsWith(ENVIRONMENTS) ? rootPath.slice(ENVIRONMENTS.length) : rootPath;
}
