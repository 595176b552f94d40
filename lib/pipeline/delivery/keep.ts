/** Saves a plan together with custody.json, which says what the plan is bound to. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { commitOf, requireCommitted } from "../../common/git";
import { findTerraform, inputDigests, keptPlan, lockedProviders, stateVersion, type Workplace } from "../../terraform";
import { commitsToApprove } from "./approved-commits";
import { type Custody, custodyText } from "./custody";
import type { AppliedState } from "./last-apply";
import type { PlansBucket } from "./plans-bucket";
import { sha256, treeDigest } from "./tree-digest";

export const PLAN_FILE = "plan.tfplan";
export const CUSTODY_FILE = "custody.json";
const PLAN_JSON_FILE = "plan.json";

/**
 * Plans an initialized root, shows the plan, and writes plan.tfplan, plan.json and custody.json into a folder, for its owner only:
 * plans hold secrets in clear text.
 * @param bucket that has the records of the root's applies
 * @param args for terraform plan
 * @throws InputError if the tree has uncommitted changes; TerraformError if the root cannot be planned; Refusal if HEAD does
 * not contain the last applied commit
 */
export async function keepPlan(
  treeFolder: string,
  of: AppliedState,
  workplace: Workplace,
  bucket: PlansBucket,
  folder: string,
  args: readonly string[],
): Promise<void> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of [PLAN_FILE, PLAN_JSON_FILE, CUSTODY_FILE]) rmSync(path.join(folder, name), { force: true });
  requireCommitted(treeFolder);
  const commit = commitOf(treeFolder, "HEAD");
  const toApprove = await commitsToApprove(treeFolder, of, bucket, commit);
  const plannedAt = new Date().toISOString();
  // Read before the plan: if the state changes in between, the apply refuses the plan, which is bound to the older state.
  const state = await stateVersion(workplace);
  const inputs = inputDigests(workplace);
  const { saved, json } = await keptPlan(workplace, args);
  const custody: Custody = {
    format: 1,
    ...of,
    commit,
    ...toApprove,
    planSha256: sha256(saved),
    treeSha256: treeDigest(treeFolder, of.root),
    state,
    ...(Object.keys(inputs).length > 0 && { inputs }),
    terraform: findTerraform().version,
    providers: lockedProviders(workplace.folder),
    plannedAt,
  };
  requireCommitted(treeFolder);
  const files = { [PLAN_FILE]: saved, [PLAN_JSON_FILE]: json, [CUSTODY_FILE]: custodyText(custody) };
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content, { mode: 0o600 });
}
