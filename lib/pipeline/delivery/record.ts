/** What is kept of an apply, beside the plans: who approved what, and how it ended. */
import { PLANS_BUCKET_FOLDERS } from "../../aws/plans-bucket-folders";
import type { Custody } from "./custody";

/** `applied/<root>/<commit>-<time>.json` */
export interface ApplyRecord {
  readonly format: 1;
  /** What the plan was bound to, as it was verified. */
  readonly custody: Custody;
  /** Of custody.json. */
  readonly custodySha256: string;
  /** Who approved it, as the file that `--approval` names says; null without one. */
  readonly approval: unknown;
  readonly startedAt: string;
  readonly endedAt: string;
  /** Interrupted: a signal stopped it, and what was done until then stays. */
  readonly result: "applied" | "failed" | "interrupted";
  /** Of the state in its backend; null after where it could not be read. */
  readonly serial: { readonly before: number; readonly after: number | null };
  /** Where a state is kept that could not be pushed; null where there is none, or it could not be kept either. */
  readonly erroredState: string | null;
}

/** `applied/<root>/` */
export function recordsFolder(root: string): string {
  return `${PLANS_BUCKET_FOLDERS.applied}/${root}/`;
}

/** By name, the objects of a commit are in the order of their time. @param kind the folder in the bucket */
export function recordKey(kind: "applied" | "errored", { root, commit }: Custody, time: Date): string {
  const stamp = time.toISOString().replaceAll(/[-:.]/g, "");
  return `${PLANS_BUCKET_FOLDERS[kind]}/${root}/${commit}-${stamp}.${kind === "applied" ? "json" : "tfstate"}`;
}
