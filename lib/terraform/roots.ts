/** The roots of a generated tree, and their names in commands. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { InputError } from "../validation";

/** `manifest.json` of a tree, as far as it says where roots lie. */
export const MANIFEST = z.object({ stacks: z.record(z.string(), z.object({ workingDirectory: z.string() })) });
const ENVIRONMENTS = "environments/";

/** Folders of all roots below the tree: `environments/shop/dev`, `accounts/shared`. */
export function rootPaths(treeFolder: string): string[] {
  const file = path.join(treeFolder, "manifest.json");
  if (!existsSync(file)) throw new InputError(file, ["got nothing; allowed: the tree that `groundplan synth` writes"]);
  const { stacks } = MANIFEST.parse(JSON.parse(readFileSync(file, "utf8")));
  return Object.values(stacks).map((stack) => stack.workingDirectory);
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
