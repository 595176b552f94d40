/** Exceptions: temporary permissions to violate one guardrail at one address. They are part of the environment's file. */
import { z } from "zod";
import { GUARDRAIL_IDS } from "../../common/guardrail-ids";

/** White space and punctuation alone give no reason and name nobody. */
const SAID = z.string().regex(/[\p{L}\p{N}]/u);

export const EXCEPTION = z.object({
  guardrail: z.enum(GUARDRAIL_IDS),
  /** Address without wildcards: `module.documents.aws_s3_bucket.this`, or the root's path for a guardrail on the root. */
  address: SAID,
  /** The reason, in one sentence that is still understandable after a year. */
  reason: SAID,
  /** Person or team that is responsible for the exception and removes it. */
  owner: SAID,
  /** Person or team that approved the exception; not the owner. */
  approver: SAID,
  /** Link to the discussion. */
  ticket: SAID,
  /** Day of the approval in UTC, such as `2026-11-22`; not in the future. */
  created: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  /** Last day of the exception, in UTC. */
  expires: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
});

export type Exception = Readonly<z.infer<typeof EXCEPTION>>;
