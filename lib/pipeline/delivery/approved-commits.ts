/** What has to be approved before a commit is applied to a root. */
import { Refusal } from "../../common/errors";
import { commitIfKnown, isAncestor } from "../../common/git";
import type { Custody } from "./custody";
import { lastApply } from "./last-apply";
import type { PlansBucket } from "./plans-bucket";
import { rootCommits } from "./root-commits";

/**
 * The root's last apply, from the records in its plans bucket, and the commits since then that changed what Terraform reads.
 * @throws Refusal where the commit does not contain what was applied last, or the records cannot be read
 * @throws InputError where the clone is shallow
 */
export async function commitsToApprove(
  treeFolder: string,
  root: string,
  bucket: PlansBucket,
  commit: string,
): Promise<Pick<Custody, "lastApply" | "commits">> {
  const last = await lastApply(bucket, root);
  const isContained =
    last === null ||
    (commitIfKnown(treeFolder, last.commit) !== undefined && isAncestor(treeFolder, last.commit, commit));
  if (isContained) return { lastApply: last, commits: rootCommits(treeFolder, root, last?.commit, commit) };
  const place = bucket.place(last.record);
  throw new Refusal(
    [
      root,
      `  got commit ${commit}; allowed: one whose history contains ${last.commit}, which was applied last (${place})`,
      "  plan what main is at; after a rewrite of main, a pull request has to merge that commit into it again:",
      `  git fetch origin ${last.commit} && git merge --strategy=ours ${last.commit}`,
    ].join("\n"),
  );
}
