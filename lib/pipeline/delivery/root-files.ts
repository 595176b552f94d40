/** The files that Terraform reads for a root. */
import { readdirSync } from "node:fs";
import path from "node:path";
import { InputError } from "../../common/errors";
import { calledFolders, reachable, requireWrittenTree } from "../../terraform";

/** Files that do not come from the source: caches, states, saved plans; documentation, and values for offline plans. */
const NOT_READ = /^(?:stand-ins\.json|\.terraform|crash\.log|.*\.md|.*\.tfplan|.*\.tfstate(?:\..*)?)$/;
/** Files that Terraform reads, whatever the rest of their names. */
const CONFIGURATION = /\.(?:tf|tofu|tfvars)(?:\.json)?$/;

/** @param file below the tree */
export function isRead(file: string): boolean {
  return file.split("/").every((name) => CONFIGURATION.test(name) || !NOT_READ.test(name));
}

/** The files of the roots of one tree; each folder is read once. */
export class RootFiles {
  private readonly calls = new Map<string, readonly string[]>();
  private readonly files = new Map<string, readonly string[]>();

  /** @throws InputError if Terraform would read files that synth did not write. */
  constructor(private readonly treeFolder: string) {
    requireWrittenTree(treeFolder);
  }

  /** The root's folder, and those of the modules that it calls, directly or not: `modules/s3`. */
  foldersOf(rootPath: string): ReadonlySet<string> {
    return reachable(rootPath, (folder) =>
      remembered(this.calls, folder, () => calledFolders(this.treeFolder, folder)),
    );
  }

  /** All files that Terraform reads for the root, lock file included: paths below the tree, in order. */
  filesOf(rootPath: string): string[] {
    const folders = [...this.foldersOf(rootPath)];
    const files = folders.flatMap((folder) => remembered(this.files, folder, () => this.filesIn(folder)));
    return [...new Set(files)].sort();
  }

  /** @throws InputError at a symbolic link: its target may change without the tree. */
  private filesIn(folder: string): readonly string[] {
    return readdirSync(path.join(this.treeFolder, folder), { withFileTypes: true }).flatMap((entry) => {
      const name = path.posix.join(folder, entry.name);
      if (!isRead(entry.name)) return [];
      if (entry.isDirectory()) return this.filesIn(name);
      if (entry.isFile()) return [name];
      throw new InputError(name, ["got a link or a device; allowed: files and folders"]);
    });
  }
}

function remembered<T>(known: Map<string, T>, key: string, find: () => T): T {
  const value = known.get(key) ?? find();
  known.set(key, value);
  return value;
}
