/** Commits that an apply of a root brings: each of them has to be approved. */
import path from "node:path";
import { InputError } from "../../common/errors";
import { type Blobs, blobsAt, blobText, isShallow } from "../../common/git";
import { localSources, reachable } from "../../terraform";
import { affects } from "./affected";
import { changesSince } from "./history";
import { isRead } from "./root-files";

/**
 * Commits since another commit that changed a file which Terraform reads for the root, or read for it at that time: parents
 * before children.
 * @param since last applied commit; undefined for all commits since the root is in the tree
 * @throws InputError if the clone is shallow
 */
export function rootCommits(treeFolder: string, root: string, since: string | undefined, commit: string): string[] {
  if (isShallow(treeFolder)) {
    const allowed = "the whole history (actions/checkout with fetch-depth: 0)";
    throw new InputError(treeFolder, [`got a shallow clone; allowed: ${allowed}`]);
  }
  const history = new RootHistory(treeFolder, root);
  const changes = changesSince(treeFolder, since, commit).map((change) => ({
    ...change,
    files: change.files.filter(isRead),
    at: [change.commit, ...change.parents],
  }));
  const folders = new Set([commit, ...(since === undefined ? [] : [since])].flatMap((one) => history.foldersAt(one)));
  for (;;) {
    const counted = changes.filter(({ files }) => affects(files, folders));
    const known = folders.size;
    for (const one of new Set(counted.flatMap(({ at }) => at))) {
      for (const folder of history.foldersAt(one)) folders.add(folder);
    }
    if (folders.size > known) continue;
    const own = since === undefined ? counted.filter(({ at }) => at.some((one) => history.hasRoot(one))) : counted;
    return own.map((change) => change.commit);
  }
}

/** A root at commits that are not checked out. */
class RootHistory {
  private readonly folders = new Map<string, readonly string[]>();
  private readonly sources = new Map<string, readonly string[]>();

  constructor(
    private readonly treeFolder: string,
    private readonly root: string,
  ) {}

  hasRoot(commit: string): boolean {
    return this.foldersAt(commit).length > 0;
  }

  /** The root's folder, and those of the modules that it called then, directly or not; none if it was not there. */
  foldersAt(commit: string): readonly string[] {
    const known = this.folders.get(commit);
    if (known !== undefined) return known;
    const blobs = blobsAt(this.treeFolder, commit);
    const isThere = [...blobs.keys()].some((file) => file.startsWith(`${this.root}/`));
    const folders = isThere ? [...reachable(this.root, (folder) => this.callsOf(folder, blobs))] : [];
    this.folders.set(commit, folders);
    return folders;
  }

  private callsOf(folder: string, blobs: Blobs): string[] {
    return [...blobs]
      .filter(([file]) => path.posix.dirname(file) === folder && file.endsWith(".tf.json"))
      .flatMap(([, id]) => this.sourcesOf(id).map((source) => path.posix.join(folder, source)))
      .filter((called) => !called.startsWith(".."));
  }

  /** A file that is no configuration calls no module: the commit that corrects it changes the root, too. */
  private sourcesOf(blob: string): readonly string[] {
    const known = this.sources.get(blob);
    if (known !== undefined) return known;
    const sources = sourcesIn(blob, blobText(this.treeFolder, blob));
    this.sources.set(blob, sources);
    return sources;
  }
}

function sourcesIn(blob: string, text: string): readonly string[] {
  try {
    return localSources(blob, text);
  } catch (error) {
    if (error instanceof InputError) return [];
    throw error;
  }
}
