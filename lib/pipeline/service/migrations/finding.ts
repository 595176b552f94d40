/** What stands in a migration that somebody has to know before it runs. */

export interface MigrationFinding {
  /** From 1 on. */
  readonly line: number;
  /** What stands there, without the values in it. */
  readonly what: string;
  /**
   * `destructive` takes data away, `not understood` may, and `not reversible` has no way back at all.
   * A backup excuses the first two.
   */
  readonly why: "destructive" | "not understood" | "not reversible";
}
