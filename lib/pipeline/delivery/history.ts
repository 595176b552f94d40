/** The commits between two commits, with what each of them changed in the generated tree. */
import { git } from "../../common/git";

/** A commit that changed files of the tree. */
export interface TreeChange {
  readonly commit: string;
  readonly parents: readonly string[];
  /** Below the tree. A file whose mode alone changed is not among them. */
  readonly files: readonly string[];
}

/**
 * Changes that are in the history of a commit and not in that of `since`, parents before children. A merge of two parents is
 * compared with the merge that Git makes of them: its own changes are resolutions of conflicts, and additions to
 * or removals from it.
 * @param since undefined for the whole history
 */
export function changesSince(treeFolder: string, since: string | undefined, commit: string): TreeChange[] {
  const range = since === undefined ? [commit] : [commit, `^${since}`];
  const order = git(treeFolder, ["rev-list", "--topo-order", "--reverse", "--parents", ...range]).split("\n");
  const files = listed(git(treeFolder, ["log", ...LISTED, "--full-history", "--no-merges", ...range, "--", "."]));
  return order.flatMap((line) => {
    const [id = "", ...parents] = line.split(" ");
    const changed = parents.length > 1 ? filesOfMerge(treeFolder, id, parents.length) : (files.get(id) ?? []);
    return changed.length === 0 ? [] : [{ commit: id, parents, files: changed }];
  });
}

/** The form in which `listed` reads commits; the first commit of a repository counts as a change of all its files. */
const LISTED = [
  "--format=%H",
  "--raw",
  "-z",
  "--no-abbrev",
  "--no-renames",
  "--relative",
  "--root",
  "--no-ext-diff",
  "--no-show-signature",
] as const;

/** Git cannot repeat a merge of more than two parents: it counts as a change of all files that it brought. */
function filesOfMerge(treeFolder: string, commit: string, parents: number): readonly string[] {
  const compared = `--diff-merges=${parents === 2 ? "remerge" : "first-parent"}`;
  return listed(git(treeFolder, ["show", ...LISTED, compared, commit])).get(commit) ?? [];
}

/**
 * Files by commit. Only NUL ends a part of the output, and a file's name follows its entry, so that any name can be read.
 * @see https://git-scm.com/docs/diff-format#_raw_output_format
 */
function listed(output: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const parts = output.split("\0").values();
  let files: string[] = [];
  for (const part of parts) {
    const text = part.trim();
    if (!text.startsWith(":")) {
      files = [];
      found.set(text, files);
      continue;
    }
    const [, , before, after] = text.split(" ");
    const file = parts.next().value;
    if (before !== after && file !== undefined) files.push(file);
  }
  return found;
}
