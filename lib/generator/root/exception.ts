/** Permissions to break one guardrail at one address, for a while. They stand in the environment's file. */
import { z } from "zod";
import { GUARDRAIL_IDS } from "../../common/guardrail-ids";

const SAID = z.string().min(1);

export const EXCEPTION = z.object({
  guardrail: z.enum(GUARDRAIL_IDS),
  /** What may break it: `module.documents.aws_s3_bucket.this`, or the root's path for a rule about the root. No patterns. */
  address: SAID,
  /** Why it is right to, in a sentence that still convinces when it is read a year later. */
  reason: SAID,
  /** Who answers for it and removes it. */
  owner: SAID,
  /** Who permitted it: somebody else than the owner. */
  approver: SAID,
  /** Where it was discussed. */
  ticket: SAID,
  /** A day of the calendar, in UTC: `2026-11-22`; not in the future. */
  created: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  /** The last day on which it holds. */
  expires: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
});

export type Exception = Readonly<z.infer<typeof EXCEPTION>>;
