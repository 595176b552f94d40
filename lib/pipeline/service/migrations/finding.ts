/** A part of a migration that needs attention before it runs. */

export interface MigrationFinding {
  /** From 1 on. */
  readonly line: number;
  /** The statement or call, without its values. */
  readonly what: string;
  /**
   * `destructive` destroys data, `not understood` may destroy data, and `not reversible` cannot be rolled back.
   * A backup permits the first two.
   */
  readonly why: "destructive" | "not understood" | "not reversible";
}
