/** The roots of a generated tree, and their names in commands. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { InputError } from "../common/errors";
import { requireWritten } from "../generator/synth/foreign-files";
import { calledFolders } from "./calls";

/** `manifest.json` of a tree, as far as it says where roots lie. */
export const MANIFEST = z.object({ stacks: z.record(z.string(), z.object({ workingDirectory: z.string() })) });
/** The same, as far as it says what synth wrote. */
const LISTED = z.object({ files: z.array(z.string()).optional() });
const ENVIRONMENTS = "environments/";

/** Folders of all roots below the tree: `environments/shop/dev`, `accounts/shared`. */
export function rootPaths(treeFolder: string): string[] {
  const { stacks } = MANIFEST.parse(JSON.parse(manifestIn(path.join(treeFolder, "manifest.json"))));
  return Object.values(stacks).map((stack) => stack.workingDirectory);
}

function manifestIn(file: string): string {
  if (existsSync(file)) return readFileSync(file, "utf8");
  throw new InputError(file, ["got nothing; allowed: the tree that `groundplan synth` writes"]);
}

/**
 * @returns the files that synth wrote, below the tree
 * @throws InputError where Terraform would read others in a folder of a root or module, or where one of them is gone.
 */
export function requireWrittenTree(treeFolder: string): ReadonlySet<string> {
  const written = new Set(listedFiles(path.join(treeFolder, "manifest.json")));
  const gone = [...written].filter((file) => file.endsWith(".tf.json") && !existsSync(path.join(treeFolder, file)));
  if (gone.length > 0) {
    throw new InputError(treeFolder, [`got no ${gone.join(", ")}; allowed: all that synth wrote; run: npm run synth`]);
  }
  const folders = new Set([...written].map((file) => path.posix.dirname(file)));
  requireWritten(treeFolder, folders, written);
  const called = [...folders].flatMap((folder) => calledFolders(treeFolder, folder));
  requireWritten(treeFolder, new Set(called.filter((folder) => !folders.has(folder))), written);
  return written;
}

function listedFiles(file: string): readonly string[] {
  const { files } = LISTED.parse(JSON.parse(manifestIn(file)));
  if (files !== undefined) return files;
  throw new InputError(file, [
    "files: got nothing; allowed: the list that `groundplan synth` writes; run: npm run synth",
  ]);
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
