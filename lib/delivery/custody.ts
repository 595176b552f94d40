/** What a saved plan is bound to, from the plan to the apply: custody.json. */
import { readFileSync, statSync } from "node:fs";
import { z } from "zod";
import { InputError } from "../validation";

const SHA256 = z.string().regex(/^[0-9a-f]{64}$/);

const CUSTODY = z.strictObject({
  format: z.literal(1),
  /** Folder below the tree: `environments/shop/dev`. */
  root: z.string(),
  commit: z.string().regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/),
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

/** @throws InputError where there is no such file, or it is none of ours. */
export function readCustody(file: string): Custody {
  const { data, error } = CUSTODY.safeParse(jsonOf(contentOf(file, "what `groundplan plan --keep` has written")));
  if (data !== undefined) return data;
  throw new InputError(
    file,
    error.issues.map(({ path, message }) => `${path.join(".") || "the whole"}: ${message}`),
  );
}

export function isCustody(content: Buffer): boolean {
  return CUSTODY.safeParse(jsonOf(content)).success;
}

/** @param allowed what should lie there, in words @throws InputError where nothing does */
export function contentOf(file: string, allowed: string): Buffer {
  if (statSync(file, { throwIfNoEntry: false })?.isFile()) return readFileSync(file);
  throw new InputError(file, [`got no such file; allowed: ${allowed}`]);
}

/** What JSON text means; undefined where it is none. */
export function jsonOf(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString("utf8"));
  } catch {
    return undefined;
  }
}

/** Where the plan lies in its bucket: the same bytes have the same place, others have another. */
export function planKey({ root, commit, planSha256 }: Pick<Custody, "root" | "commit" | "planSha256">): string {
  return `plans/${root}/${commit}-${planSha256}.tfplan`;
}
