/** Applies a plan that was kept, once everything that it is bound to is as it was. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { commitOf, uncommitted } from "../../common/git";
import type { Root } from "../../generator/root/root";
import { findTerraform, init, inRootAlone, lockedProviders, stateVersion, type Workplace } from "../../terraform";
import { commitsToApprove } from "./approved-commits";
import { planKey } from "./custody";
import { erroredState } from "./errored-state";
import { readHandedOver } from "./handed-over";
import { PlansBucket } from "./plans-bucket";
import { applyRecorded } from "./recorded-apply";
import { sha256, treeDigest } from "./tree-digest";
import { approvalProblems, initializationProblems, mismatches, planProblems, type Surroundings } from "./verify";

export interface ApplyRequest {
  readonly treeFolder: string;
  readonly root: Root;
  readonly custodyFile: string;
  /** SHA-256 of custody.json, told on another way than the file. */
  readonly digest: string;
  readonly maxAgeHours: number;
  /** Goes into the record as it is. */
  readonly approval: unknown;
  /** Tells what begins. */
  tell(step: string): void;
}

/** Why it is refused, one line for each reason; or where the record of the apply is. */
export type ApplyAnswer =
  | { readonly refused: readonly string[] }
  | { readonly refused?: never; readonly record: string };

/**
 * What Terraform needs not be asked for is looked at first: a tree that is not the planned one is not even initialized.
 * @throws Refusal where the apply fails, or its record cannot be written.
 */
export async function applyCustody(request: ApplyRequest): Promise<ApplyAnswer> {
  const bucket = new PlansBucket(request.root);
  const custody = readHandedOver(request.custodyFile, request.digest);
  if ("refused" in custody) return custody;
  const problems = mismatches(custody, surroundings(request, bucket));
  if (problems.length > 0) return { refused: problems };
  request.tell(`fetching ${bucket.place(planKey(custody))}`);
  const plan = await bucket.get(planKey(custody), custody.object?.versionId);
  const tampered = planProblems(custody, sha256(plan));
  if (tampered.length > 0) return { refused: tampered };
  return inRootAlone(request.treeFolder, request.root.address, async (workplace) => {
    request.tell("terraform init");
    await init(workplace, ["-lockfile=readonly"]);
    const state = await stateVersion(workplace);
    const moved = [
      ...initializationProblems(custody, state, lockedProviders(workplace.folder)),
      ...leftovers(workplace),
    ];
    if (moved.length > 0) return { refused: moved };
    const { root, commit } = custody;
    const others = approvalProblems(custody, await commitsToApprove(request.treeFolder, root, bucket, commit));
    if (others.length > 0) return { refused: others };
    const planFile = path.join(workplace.scratch, "fetched.tfplan");
    writeFileSync(planFile, plan, { mode: 0o600 });
    request.tell("terraform apply");
    const { digest, approval } = request;
    return { record: await applyRecorded(workplace, planFile, bucket, { custody, digest, approval, before: state }) };
  });
}

function surroundings({ treeFolder, root, maxAgeHours }: ApplyRequest, bucket: PlansBucket): Surroundings {
  return {
    root: root.address,
    commit: commitOf(treeFolder, "HEAD"),
    uncommitted: uncommitted(treeFolder),
    treeSha256: treeDigest(treeFolder, root.address),
    terraform: findTerraform().version,
    plansBucket: bucket.name,
    now: new Date(),
    maxAgeHours,
  };
}

/** Terraform would write over it. */
function leftovers({ folder }: Workplace): string[] {
  const file = erroredState(folder);
  return file === undefined
    ? []
    : [`state: got ${file}, which was never pushed; allowed: no such file; push it, then plan again`];
}
