/** Progress and next step of a bootstrap, derived from the existing states and never from notes of earlier runs. */
import { holdTheSame, type TerraformState } from "./state";

export interface Facts {
  /** The state on this machine; undefined if there is none, or one that holds no resource. */
  readonly local: TerraformState | undefined;
  /** State in the root's backend. */
  readonly remote: TerraformState | "no bucket" | "no state";
  /** Whether a plan with the local state changes anything; undefined before the plan. */
  readonly changes: boolean | undefined;
}

export type BootstrapStep =
  | "plan"
  /** After a confirmation. */
  | "apply"
  | "migrate"
  /** Verifies the remote state, then removes the local one. */
  | "check"
  | "done"
  /** A person has to decide. */
  | { readonly refused: string };

export function nextStep({ local, remote, changes }: Facts): BootstrapStep {
  if (remote === "no bucket" || remote === "no state") {
    if (local === undefined && remote === "no state") return { refused: BUCKET_WITHOUT_STATE };
    if (changes === undefined) return "plan";
    if (changes) return "apply";
    return local === undefined ? { refused: NOTHING_TO_MAKE } : "migrate";
  }
  if (local === undefined) return "done";
  if (local.lineage !== remote.lineage) return { refused: unrelated(local, remote) };
  if (local.serial > remote.serial) return { refused: newer(local, remote) };
  if (local.serial === remote.serial && !holdTheSame(local, remote)) return { refused: forked(local) };
  return "check";
}

/** One line for the person. */
export function describeState({ local, remote, changes }: Facts): string {
  const here = local === undefined ? "no local state" : `local state ${version(local)}`;
  const there =
    remote === "no bucket"
      ? "no bucket yet"
      : remote === "no state"
        ? "a bucket without a state"
        : `remote state ${version(remote)}`;
  const planned = changes === undefined ? "" : changes ? ", a plan with changes" : ", a plan without changes";
  return `${here}, ${there}${planned}`;
}

function version({ lineage, serial, resources }: TerraformState): string {
  return `${lineage} version ${serial} (resources: ${resources.length})`;
}

const BUCKET_WITHOUT_STATE = `The bucket exists, but it has no state of this root, and there is no local state: an apply would create everything a second
time. If the bootstrap began on another machine or in another clone, continue there, with its local state. If that state is
lost, import the existing resources, or delete them by hand if nothing needs them.`;

const NOTHING_TO_MAKE = "The root creates no resources: there is no state to move.";

function unrelated(local: TerraformState, remote: TerraformState): string {
  return `The local and the remote state have different lineages, ${local.lineage} and ${remote.lineage}: two people or two clones began
the bootstrap. Nothing was changed. Compare both states. If teams already apply with the remote state, import into it the
resources that only the local state has, and then move the local state out of the way.`;
}

function newer(local: TerraformState, remote: TerraformState): string {
  return `The local state is newer (version ${local.serial}) than the remote one of the same lineage (version ${remote.serial}): it was
used for an apply after the move. Nothing was changed. Compare both states; if the local one is right, upload it with terraform state push.`;
}

function forked({ serial }: TerraformState): string {
  return `The local and the remote state have the same lineage and version ${serial}, but different resources: both were used for an
apply. Nothing was changed. Compare both states and import the missing resources into the remote one.`;
}
