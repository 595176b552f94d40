/** Applies a saved plan after a check that nothing that it is bound to has changed. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { commitOf, uncommitted } from "../../common/git";
import type { Root } from "../../generator/root/root";
import {
  findTerraform,
  init,
  inputDigests,
  inRootAlone,
  lockedProviders,
  plainInputs,
  readPlan,
  savedPlanJson,
  stateVersion,
  type Workplace,
  withApplyInputs,
} from "../../terraform";
import { commitsToApprove } from "./approved-commits";
import { type Custody, planKey } from "./custody";
import { erroredState } from "./errored-state";
import { PlansBucket } from "./plans-bucket";
import { applyRecorded } from "./recorded-apply";
import { backendArguments, newSandboxProblems } from "./sandboxes";
import { sha256, treeDigest } from "./tree-digest";
import { liftProtection } from "./unprotect";
import { readVerifiedCustody } from "./verified-custody";
import {
  approvalProblems,
  initializationProblems,
  inputProblems,
  mismatches,
  planProblems,
  type Surroundings,
  signOffProblems,
} from "./verify";

export interface ApplyRequest {
  readonly treeFolder: string;
  readonly root: Root;
  /** All roots of the project. */
  readonly roots: readonly Root[];
  readonly custodyFile: string;
  /** SHA-256 of custody.json, from another source than the file. */
  readonly digest: string;
  readonly maxAgeHours: number;
  /** Written to the record unchanged. */
  readonly approval: unknown;
  /** Reports the step that begins. */
  report(step: string): void;
}

/** The reasons of a refusal, one line each; or the place of the record of the apply. */
export type ApplyAnswer =
  | { readonly refused: readonly string[] }
  | { readonly refused?: never; readonly record: string };

/**
 * Checks first whatever needs no Terraform: another tree than the planned one is not initialized.
 * @throws Refusal if the apply fails, or its record cannot be written.
 */
export async function applyCustody(request: ApplyRequest): Promise<ApplyAnswer> {
  const bucket = new PlansBucket(request.root);
  const custody = readVerifiedCustody(request.custodyFile, request.digest);
  if ("refused" in custody) return custody;
  const problems = [
    ...mismatches(custody, surroundings(request, bucket)),
    ...signOffProblems(custody, request.approval, request.root.props.delivery?.signOffs ?? []),
  ];
  if (problems.length > 0) return { refused: problems };
  request.report(`fetching ${bucket.place(planKey(custody))}`);
  const plan = await bucket.get(planKey(custody), custody.object?.versionId);
  const tampered = planProblems(custody, sha256(plan));
  if (tampered.length > 0) return { refused: tampered };
  return inRootAlone(request.treeFolder, request.root.address, async (workplace) => {
    request.report("terraform init");
    await init(workplace, ["-lockfile=readonly", ...backendArguments(request.root, custody.sandbox)]);
    const state = await stateVersion(workplace);
    const moved = [
      ...initializationProblems(custody, state, lockedProviders(workplace.folder)),
      ...leftovers(workplace),
      ...inputProblems(custody, inputDigests(workplace)),
      ...(await problemsOfSandbox(request, custody, workplace)),
    ];
    if (moved.length > 0) return { refused: moved };
    const ready = withApplyInputs(workplace);
    const toApprove = await commitsToApprove(request.treeFolder, custody, bucket, custody.commit);
    const others = approvalProblems(custody, toApprove);
    if (others.length > 0) return { refused: others };
    const planFile = path.join(workplace.scratch, "fetched.tfplan");
    writeFileSync(planFile, plan, { mode: 0o600 });
    const { sandboxes, ending, region } = request.root.props;
    if (sandboxes !== undefined && ending)
      await liftProtection(readPlan(ready.name, await savedPlanJson(ready, planFile)), region);
    request.report("terraform apply");
    const { digest, approval } = request;
    return { record: await applyRecorded(ready, planFile, bucket, { custody, digest, approval, before: state }) };
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

/** Another sandbox may have got the name or the address block after the plan. */
async function problemsOfSandbox({ root, roots }: ApplyRequest, { sandbox }: Custody, workplace: Workplace) {
  return sandbox === undefined ? [] : newSandboxProblems(root, roots, sandbox, plainInputs(workplace));
}

/** Terraform would overwrite the file. */
function leftovers({ folder }: Workplace): string[] {
  const file = erroredState(folder);
  return file === undefined
    ? []
    : [`state: got ${file}, a state that was never pushed; allowed: no such file; push it, then plan again`];
}
