/** The generated tree in Git. Nothing is checked out or changed. */
import { spawnSync } from "node:child_process";
import { InputError } from "./errors";

/** Ids of blobs by path below the tree: the same content has the same id. */
export type Blobs = ReadonlyMap<string, string>;

/** The commit that a ref names, in full. @throws InputError where git, the repository or the commit is not there. */
export function commitOf(treeFolder: string, ref: string): string {
  const commit = commitIfKnown(treeFolder, ref);
  if (commit !== undefined) return commit;
  const allowed = isShallow(treeFolder)
    ? "a commit of this clone, which is shallow; fetch the whole history (actions/checkout with fetch-depth: 0)"
    : "a branch, a tag or a commit of this repository";
  throw new InputError("unknown commit", [`got "${ref}"; allowed: ${allowed}`]);
}

/** The same; undefined if the clone does not have the commit. @throws InputError without git or a repository */
export function commitIfKnown(treeFolder: string, ref: string): string | undefined {
  git(treeFolder, ["rev-parse", "--is-inside-work-tree"]);
  const { status, stdout } = run(treeFolder, ["rev-parse", "--verify", "--end-of-options", `${ref}^{commit}`]);
  return status === 0 ? stdout.trim() : undefined;
}

export function isShallow(treeFolder: string): boolean {
  return git(treeFolder, ["rev-parse", "--is-shallow-repository"]).trim() === "true";
}

/** All files of the tree at a commit. */
export function blobsAt(treeFolder: string, commit: string): Blobs {
  const entries = git(treeFolder, ["ls-tree", "-r", "-z", commit]).split("\0");
  return new Map(
    entries.flatMap((entry): [string, string][] => {
      const [, id, file] = /^\d+ blob ([0-9a-f]+)\t(.+)$/s.exec(entry) ?? [];
      return id === undefined || file === undefined ? [] : [[file, id]];
    }),
  );
}

/** Content of a blob. */
export function blobText(treeFolder: string, id: string): string {
  return git(treeFolder, ["cat-file", "blob", id]);
}

/** Whether the history of a commit contains another commit, or both are the same. */
export function isAncestor(treeFolder: string, ancestor: string, commit: string): boolean {
  return run(treeFolder, ["merge-base", "--is-ancestor", ancestor, commit]).status === 0;
}

/** Files of the working tree, with line endings converted as git converts them. @param files below the tree */
export function blobsNow(treeFolder: string, files: readonly string[]): Blobs {
  if (files.length === 0) return new Map();
  const [top = "", prefix = ""] = git(treeFolder, ["rev-parse", "--show-toplevel", "--show-prefix"]).split("\n");
  // Here git takes no path from the folder that it is in, only from the top.
  const paths = files.map((file) => `${prefix}${file}\n`).join("");
  const ids = git(top, ["hash-object", "--stdin-paths"], paths).split("\n");
  return new Map(files.map((file, i) => [file, ids[i] ?? ""]));
}

/** A file of the tree at a commit; undefined if there was none. */
export function textAt(treeFolder: string, commit: string, file: string): string | undefined {
  const { status, stdout } = run(treeFolder, ["show", `${commit}:./${file}`]);
  return status === 0 ? stdout : undefined;
}

/** Changes of the tree since HEAD, as `git status` lists them, without ignored files. */
export function uncommitted(treeFolder: string): string[] {
  const status = git(treeFolder, ["status", "--porcelain", "--no-renames", "--untracked-files=all", "--", "."]);
  return status.split("\n").filter((line) => line !== "");
}

/** @throws InputError for uncommitted changes in the tree, since no commit has what would be planned */
export function requireCommitted(treeFolder: string): void {
  const changes = uncommitted(treeFolder);
  if (changes.length === 0) return;
  throw new InputError(treeFolder, [`got uncommitted changes: ${changes.join(", ")}; allowed: what HEAD holds`]);
}

/** Output of a command. @throws InputError if it fails */
export function git(treeFolder: string, args: readonly string[], input?: string): string {
  const { status, stdout, stderr } = run(treeFolder, args, input);
  if (status === 0) return stdout;
  throw new InputError(`git ${args[0]}`, [`got "${stderr.trim()}"; allowed: ${treeFolder} in a clone of a repository`]);
}

const MAX_OUTPUT_BYTES = 2 ** 29;

function run(treeFolder: string, args: readonly string[], input = "") {
  const answer = spawnSync("git", ["-C", treeFolder, ...args], {
    encoding: "utf8",
    input,
    maxBuffer: MAX_OUTPUT_BYTES,
  });
  if (answer.error === undefined) return answer;
  throw new InputError("git", [`got ${answer.error.message}; allowed: a git on PATH`]);
}
