/** The commits that have to be approved before a commit is applied to a root. */
import { Refusal } from "../../common/errors";
import { commitIfKnown, isAncestor } from "../../common/git";
import type { Custody } from "./custody";
import { type AppliedState, lastApply } from "./last-apply";
import type { PlansBucket } from "./plans-bucket";
import { rootCommits } from "./root-commits";

/**
 * The root's last apply, from the records in its plans bucket, and the commits since then that changed files that Terraform reads.
 * @throws Refusal if the commit does not contain the last applied commit, or the records cannot be read
 * @throws InputError if the clone is shallow
 */
export async function commitsToApprove(
  treeFolder: string,
  of: AppliedState,
  bucket: PlansBucket,
  commit: string,
): Promise<Pick<Custody, "lastApply" | "commits">> {
  const { root } = of;
  const last = await lastApply(bucket, of);
  const isContained =
    last === null ||
    (commitIfKnown(treeFolder, last.commit) !== undefined && isAncestor(treeFolder, last.commit, commit));
  if (isContained) return { lastApply: last, commits: rootCommits(treeFolder, root, last?.commit, commit) };
  const place = bucket.place(last.record);
  throw new Refusal(
    [
      root,
      `  got commit ${commit}; allowed: a commit whose history contains ${last.commit}, the last applied commit (${place})`,
      "  plan the head of main; if main was rewritten, merge that commit into it by a pull request:",
      `  git fetch origin ${last.commit} && git merge --strategy=ours ${last.commit}`,
    ].join("\n"),
  );
}
