/** The checklist of the schema review, before the cutover is designed. */

const CHECKS = [
  "the primary key or a unique index, without which rows cannot be validated",
  "types that PostgreSQL does not have: unsigned numbers, zero dates, enumerations, sets, bit fields",
  "the character set and the collation, and whether texts compare and sort as before",
  "large objects, their longest length, and whether they belong in a bucket",
  "generated columns, triggers, sequences, defaults and secondary indexes, which DMS does not migrate",
  "personal data, and whether it may be in the rehearsal's account",
] as const;

export function schemaReview(tables: readonly string[]): string {
  return `## Schema review

A migration tool creates the schema of the target; DMS only copies rows. For each table, the reviewer writes down the finding and the decision on

${CHECKS.map((check, i) => `${i + 1}. ${check}${i === CHECKS.length - 1 ? "." : ";"}`).join("\n")}

| table | finding of each check | decision | reviewed by, on |
| --- | --- | --- | --- |
${tables.map((table) => `| \`${table}\` | | | |`).join("\n")}

For the database as a whole: its version and whether DMS supports it as a source, its time zone, its size and growth, its log for
replication with a retention of at least a day, and a user with the permissions that DMS documents for the engine.`;
}
