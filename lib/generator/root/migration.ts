/**
 * The migration of a database, which has a root of its own: criteria for its rehearsal and for the way back, and the record of
 * what has passed before it reaches production.
 */
import { z } from "zod";

const SAID = z.string().min(1);

const DAY = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** A document with the day on which a person approved it. */
const STEP = z.object({
  /** Link to the document, or its path in the repository. */
  document: SAID,
  /** Day of the approval in UTC, such as `2026-11-22`. */
  day: DAY,
  /** Person or team that approved it. */
  approver: SAID,
});

export const MIGRATION = z.object({
  /** Every table that has to arrive, as `<schema>.<table>`. */
  tables: z.array(z.string().regex(/^[^.\s]+\.\S+$/)).min(1),
  /** A rehearsal passes if all hold. */
  rehearsal: z.object({
    /** Largest number of warnings of the premigration assessment. A failed check is never accepted. */
    assessmentWarnings: z.int().min(0),
    /** Longest full load, in minutes: at most half of the time for the cutover. */
    fullLoadMinutes: z.int().min(1),
    /** Highest delay of a replicated change, in seconds, in each of the last minutes. */
    latencySeconds: z.int().min(1),
    latencyMinutes: z.int().min(5).max(1440),
  }),
  /** The cutover is reversed if one holds. */
  rollback: z.object({
    /** A delay of a replicated change above this, in seconds, in one of the last minutes before the switch. */
    latencySeconds: z.int().min(1),
    latencyMinutes: z.int().min(5).max(1440),
    /** A percentage of failed requests above this, over the last minutes after the switch. */
    errorPercent: z.number().min(0).max(100),
    errorMinutes: z.int().min(1).max(1440),
    /** Minutes after the switch in which the owner of the data has to sign off. */
    signOffMinutes: z.int().min(1),
  }),
  /** Required in production, in the order of the days. */
  passed: z
    .object({
      schemaReview: STEP,
      rollbackCriteria: STEP,
      cutoverDesign: STEP,
      rehearsal: STEP,
      /** Last day of the migration, in UTC. */
      ends: DAY,
    })
    .optional(),
});
