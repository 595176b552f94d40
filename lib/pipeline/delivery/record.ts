/** The record of an apply: its plan, its approval and its result. It lies beside the plans. */
import { PLANS_BUCKET_FOLDERS } from "../../aws/plans-bucket-folders";
import { type Custody, folderOf } from "./custody";

/** `applied/<root>/<commit>-<time>.json` */
export interface ApplyRecord {
  readonly format: 1;
  /** custody.json, as it was verified. */
  readonly custody: Custody;
  /** SHA-256 of custody.json. */
  readonly custodySha256: string;
  /** Content of the file that `--approval` names; null without one. */
  readonly approval: unknown;
  readonly startedAt: string;
  readonly endedAt: string;
  /** `interrupted`: a signal stopped the apply; changes that were made before remain. */
  readonly result: "applied" | "failed" | "interrupted";
  /** Serial of the state in its backend; `after` is null if the state could not be read. */
  readonly serial: { readonly before: number; readonly after: number | null };
  /** Place of a state that could not be pushed; null if there is none, or its upload failed, too. */
  readonly erroredState: string | null;
}

/** `applied/<root>/`, or `applied/<root>/<sandbox>/` */
export function recordsFolder(state: Pick<Custody, "root" | "sandbox">): string {
  return `${PLANS_BUCKET_FOLDERS.applied}/${folderOf(state)}/`;
}

/** Sorted by key, the records of a commit are in the order of their time. @param kind the folder in the bucket */
export function recordKey(kind: "applied" | "errored", custody: Custody, time: Date): string {
  const stamp = time.toISOString().replaceAll(/[-:.]/g, "");
  return `${PLANS_BUCKET_FOLDERS[kind]}/${folderOf(custody)}/${custody.commit}-${stamp}.${kind === "applied" ? "json" : "tfstate"}`;
}
