/** What a saved plan is bound to, from the plan to the apply: custody.json. */
import { z } from "zod";
import { PLANS_BUCKET_FOLDERS } from "../../aws/plans-bucket-folders";
import { parsedInput, readInput, textOf } from "../../common/input-file";

const SHA256 = z.string().regex(/^[0-9a-f]{64}$/);

const COMMIT = z.string().regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/);

const CUSTODY = z.strictObject({
  format: z.literal(1),
  /** Folder below the tree: `environments/shop/dev`. */
  root: z.string(),
  commit: COMMIT,
  /** The root's last successful apply, by the key of its record; null where there is none. */
  lastApply: z.strictObject({ record: z.string(), commit: COMMIT }).nullable(),
  /** What an approval is about: the commits since then that changed what `treeSha256` covers, parents before children. */
  commits: z.array(COMMIT),
  planSha256: SHA256,
  /** Of all files that Terraform reads for the root. */
  treeSha256: SHA256,
  /** What the plan starts from; null and 0 where there was no state. */
  state: z.strictObject({ lineage: z.string().nullable(), serial: z.int().min(0) }),
  terraform: z.string(),
  /** Versions by source. */
  providers: z.record(z.string(), z.string()),
  plannedAt: z.iso.datetime(),
  /** Where the plan waits; nowhere yet before `custody put`. */
  object: z.strictObject({ bucket: z.string(), key: z.string(), versionId: z.string().optional() }).optional(),
});

export type Custody = Readonly<z.infer<typeof CUSTODY>>;

export function custodyText(custody: Custody): string {
  return `${JSON.stringify(custody, null, 2)}\n`;
}

const WRITTEN = "what `groundplan plan --keep` has written";

/** @throws InputError where there is no such file, or it is none of ours. */
export function readCustody(file: string): Custody {
  return custodyIn(file, readInput(file, WRITTEN));
}

/** @throws InputError where the content is none of ours. */
export function custodyIn(file: string, content: Buffer): Custody {
  return parsedInput(file, textOf(file, content, WRITTEN), CUSTODY, { noun: "a custody.json", allowed: WRITTEN });
}

/** Where the plan lies in its bucket: the same bytes have the same place, others have another. */
export function planKey({ root, commit, planSha256 }: Pick<Custody, "root" | "commit" | "planSha256">): string {
  return `${PLANS_BUCKET_FOLDERS.plans}/${root}/${commit}-${planSha256}.tfplan`;
}
