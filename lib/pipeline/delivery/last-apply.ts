/** The last apply of a root, from the records in its plans bucket. */
import { z } from "zod";
import { type Expected, parsedInput, textOf } from "../../common/input-file";
import type { Custody } from "./custody";
import type { PlansBucket } from "./plans-bucket";
import { type ApplyRecord, recordsFolder } from "./record";

/** Fields of a record that every version of Groundplan writes. */
const RECORD = z.object({
  custody: z.object({ root: z.string(), sandbox: z.string().optional(), commit: z.string() }),
  result: z.enum(["applied", "failed", "interrupted"] satisfies readonly ApplyRecord["result"][]),
});

const KEY = /^(?<folder>.*\/)(?<commit>[0-9a-f]{40}|[0-9a-f]{64})-(?<time>\d{8}T\d{9}Z)\.json$/;

/** A root, or one sandbox of it. */
export type AppliedState = Pick<Custody, "root" | "sandbox">;

/**
 * The newest record whose apply succeeded. A failed or interrupted apply does not count: its commits still have to be approved.
 * @returns null if the root was never applied
 * @throws Refusal if the records cannot be read; InputError if a record has another form, or its content differs from its key
 */
export async function lastApply(bucket: PlansBucket, of: AppliedState): Promise<Custody["lastApply"]> {
  const folder = recordsFolder(of);
  const records = (await bucket.keys(folder)).flatMap((key) => {
    const { groups } = KEY.exec(key) ?? {};
    return groups?.folder === folder ? [{ key, commit: groups.commit ?? "", time: groups.time ?? "" }] : [];
  });
  for (const { key, commit } of records.sort((a, b) => (a.time < b.time ? 1 : -1))) {
    const place = bucket.place(key);
    const text = textOf(place, Buffer.from(await bucket.get(key, undefined)), EXPECTED.allowed);
    const { custody, result } = parsedInput(place, text, RECORD, EXPECTED);
    parsedInput(
      place,
      JSON.stringify({ sandbox: null, ...custody }),
      z.object({ root: z.literal(of.root), sandbox: z.literal(of.sandbox ?? null), commit: z.literal(commit) }),
      EXPECTED,
    );
    if (result === "applied") return { record: key, commit };
  }
  return null;
}

const EXPECTED: Expected = {
  noun: "the record of an apply",
  allowed: "the record that `groundplan apply` wrote under this key",
};
