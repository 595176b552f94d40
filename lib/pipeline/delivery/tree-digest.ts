/** One digest of all files that Terraform reads for a root. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { RootFiles } from "./root-files";

export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/**
 * SHA-256 of what `sha256sum --zero` prints of a root's files, in the order of their paths below the tree. An auditor gets
 * the same with `sha256sum --zero <files> | sha256sum`.
 */
export function treeDigest(treeFolder: string, rootPath: string): string {
  const files = new RootFiles(treeFolder).filesOf(rootPath);
  return digestOf(new Map(files.map((file) => [file, sha256(readFileSync(path.join(treeFolder, file)))])));
}

/** @param digests SHA-256 by path, in any order. A path contains no NUL, which ends it. */
export function digestOf(digests: ReadonlyMap<string, string>): string {
  const lines = [...digests].sort(([a], [b]) => (a < b ? -1 : 1)).map(([file, digest]) => `${digest}  ${file}\0`);
  return sha256(lines.join(""));
}
