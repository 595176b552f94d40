/** Permissions to break one guardrail at one address, for a while. They stand in the environment's file. */
import { z } from "zod";
import { GUARDRAIL_IDS, GUARDRAILS } from "./catalogue";
import { daysBetween, LONGEST_LIFE_DAYS } from "./life";

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
  created: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  /** The last day on which it holds. */
  expires: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
});

export type Exception = Readonly<z.infer<typeof EXCEPTION>>;

export function isExpired(exception: Exception, today: string): boolean {
  return daysBetween(today, exception.expires) < 0;
}

/** What is wrong with an exception by itself: one line for each problem. */
export function exceptionProblems({ guardrail, owner, approver, created, expires }: Exception): string[] {
  const severity = GUARDRAILS.find(({ id }) => id === guardrail)?.severity ?? "critical";
  const life = daysBetween(created, expires);
  const longest = LONGEST_LIFE_DAYS[severity];
  return [
    ...(life >= 0 && life <= longest
      ? []
      : [
          `expires: got "${expires}"; allowed: at most ${longest} days after ${created}, as ${guardrail} is ${severity}`,
        ]),
    ...(approver === owner ? [`approver: got "${approver}"; allowed: somebody else than the owner`] : []),
  ];
}
