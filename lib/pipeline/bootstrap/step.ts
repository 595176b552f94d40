/** Where a bootstrap stands, and what comes next: decided by what is there, never by a note of what was done. */
import { holdTheSame, type TerraformState } from "./state";

export interface Facts {
  /** The state on this machine; undefined where there is none, or one that holds no resource. */
  readonly local: TerraformState | undefined;
  /** What lies where the root's backend keeps its state. */
  readonly remote: TerraformState | "no bucket" | "no state";
  /** Whether a plan with the local state changes anything; undefined as long as there is no plan. */
  readonly changes: boolean | undefined;
}

export type BootstrapStep =
  | "plan"
  /** Asks a person first. */
  | "apply"
  | "migrate"
  /** That the remote state is right; then the local one goes. */
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

/** For people. */
export function whereItStands({ local, remote, changes }: Facts): string {
  const here = local === undefined ? "no local state" : `local state ${version(local)}`;
  const there =
    remote === "no bucket"
      ? "no bucket for it yet"
      : remote === "no state"
        ? "a bucket without it"
        : `remote state ${version(remote)}`;
  const planned = changes === undefined ? "" : changes ? ", a plan with changes" : ", nothing left to change";
  return `${here}, ${there}${planned}`;
}

function version({ lineage, serial, resources }: TerraformState): string {
  return `${lineage} version ${serial} (resources: ${resources.length})`;
}

const BUCKET_WITHOUT_STATE = `The bucket is there, it holds no state of this root, and there is no local state either: to apply would make a second
of everything that was made with the bucket. Where another machine or another clone began, go on there: its local state
knows what it made. Where that is lost, import what is there, or remove it by hand if nothing needs it.`;

const NOTHING_TO_MAKE = "The root makes nothing: there is no state to move.";

function unrelated(local: TerraformState, remote: TerraformState): string {
  return `The local state and the remote one are of different lineages, ${local.lineage} and ${remote.lineage}: two people or two
clones began. Nothing was changed. Compare what the two hold; keep the remote one if teams apply with it already, import
into it what only the local one has, and then move the local one away.`;
}

function newer(local: TerraformState, remote: TerraformState): string {
  return `The local state is newer (version ${local.serial}) than the remote one of the same lineage (version ${remote.serial}): it was
applied with after it had been moved. Nothing was changed. Compare the two; where the local one is right, terraform state push it.`;
}

function forked({ serial }: TerraformState): string {
  return `The local state and the remote one have the same lineage and version ${serial}, and hold different things: both were applied
with. Nothing was changed. Compare the two and import into the remote one what it lacks.`;
}
