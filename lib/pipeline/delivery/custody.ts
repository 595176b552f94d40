/** custody.json: the commit, files, state and versions that a saved plan is bound to. */
import { z } from "zod";
import { PLANS_BUCKET_FOLDERS } from "../../aws/plans-bucket-folders";
import { parsedInput, readInput, textOf } from "../../common/input-file";
import { SANDBOX_NAME } from "../../generator/root/sandbox";

const SHA256 = z.string().regex(/^[0-9a-f]{64}$/);

const COMMIT = z.string().regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/);

const CUSTODY = z.strictObject({
  format: z.literal(1),
  /** Folder below the tree: `environments/shop/dev`. */
  root: z.string(),
  /** Name of the sandbox; undefined unless the root is one of sandboxes. */
  sandbox: SANDBOX_NAME.optional(),
  commit: COMMIT,
  /** The root's last successful apply, by the key of its record; null if there is none. */
  lastApply: z.strictObject({ record: z.string(), commit: COMMIT }).nullable(),
  /** Commits to approve: those since then that changed the files of `treeSha256`, parents before children. */
  commits: z.array(COMMIT),
  planSha256: SHA256,
  /** Of all files that Terraform reads for the root. */
  treeSha256: SHA256,
  /** State that the plan starts from; null and 0 without a state. */
  state: z.strictObject({ lineage: z.string().nullable(), serial: z.int().min(0) }),
  terraform: z.string(),
  /** SHA-256 of each input of the root that is not ephemeral, as JSON; undefined without such inputs. */
  inputs: z.record(z.string(), SHA256).optional(),
  /** Versions by source. */
  providers: z.record(z.string(), z.string()),
  plannedAt: z.iso.datetime(),
  /** Place of the plan in its bucket; undefined before `custody put`. */
  object: z.strictObject({ bucket: z.string(), key: z.string(), versionId: z.string().optional() }).optional(),
});

export type Custody = Readonly<z.infer<typeof CUSTODY>>;

export function custodyText(custody: Custody): string {
  return `${JSON.stringify(custody, null, 2)}\n`;
}

const WRITTEN = "the files that `groundplan plan --keep` wrote";

/** @throws InputError if there is no such file, or it is no custody.json */
export function readCustody(file: string): Custody {
  return custodyIn(file, readInput(file, WRITTEN));
}

/** @throws InputError if the content is no custody.json */
export function custodyIn(file: string, content: Buffer): Custody {
  return parsedInput(file, textOf(file, content, WRITTEN), CUSTODY, { noun: "a custody.json", allowed: WRITTEN });
}

/** Key of the plan in its bucket: equal for equal bytes, different for different bytes. */
export function planKey(custody: Pick<Custody, "root" | "sandbox" | "commit" | "planSha256">): string {
  const { commit, planSha256 } = custody;
  return `${PLANS_BUCKET_FOLDERS.plans}/${folderOf(custody)}/${commit}-${planSha256}.tfplan`;
}

/** Folder of the plans and records of one state. */
export function folderOf({ root, sandbox }: Pick<Custody, "root" | "sandbox">): string {
  return sandbox === undefined ? root : `${root}/${sandbox}`;
}
