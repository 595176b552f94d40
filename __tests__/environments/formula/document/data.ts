/** Section 6 of Formula's document: data. */
import { differs, holds, names, type Row } from "./row";

const PAGE = "docs/systems/formula.md";

export const DATA: readonly Row[] = [
  holds(
    "6.1",
    "a database for each environment",
    "dev/database",
    "staging/database",
    "prod/database",
    "__tests__/environments/mutation/isolation.test.ts",
  ),
  names("6.2.1.1 6.2.2.1", "environments with backups"),
  holds("6.2.1.2", "prod: daily snapshots", ["prod", "database.aws_db_instance.this", "backup_window", "04:30-05:30"]),
  holds("6.2.1.3", "prod: kept 14 days", ["prod", "database.aws_db_instance.this", "backup_retention_period", 14]),
  differs(
    "6.2.1.4-5",
    "prod: RTO 4 hours, RPO 15 minutes",
    "a restore to a point in time reaches 5 minutes; the loss of the region needs the standby, which has no root yet",
    ["prod", "database.aws_db_instance.this", "backup_retention_period", 14],
    `${PAGE}#roll-back-and-restore`,
  ),
  differs(
    "6.2.1.6",
    "prod: restores tested each quarter",
    "the account reminds people of the date; the test is done by hand",
    "environments/accounts/reminders.ts",
  ),
  holds("6.2.2.2", "staging: daily snapshots", [
    "staging",
    "database.aws_db_instance.this",
    "backup_window",
    "04:30-05:30",
  ]),
  holds("6.2.2.3", "staging: kept 7 days", ["staging", "database.aws_db_instance.this", "backup_retention_period", 7]),
  holds(
    "6.2.2.4-6",
    "staging: RTO and RPO 24 hours, tests at any time",
    ["staging", "database.aws_db_instance.this", "backup_retention_period", 7],
    `${PAGE}#roll-back-and-restore`,
  ),
  holds(
    "6.3",
    "staging: e-mail addresses masked, all of them, for good",
    "environments/formula/sanitisation/mask.ts",
    "__tests__/modules/masking-pipeline-program.test.ts",
  ),
  holds(
    "6.4",
    "migrations of TypeORM in the pipeline, after a snapshot",
    ".github/workflows/migrate.yml",
    "prod/migrations_task",
    `${PAGE}#database`,
  ),
  holds(
    "6.5",
    "data of a user is deleted on request",
    "prod/erasure",
    "__tests__/environments/formula/erasure.test.ts",
  ),
  holds(
    "6.6",
    "confidential: encrypted, restricted by IAM and database roles",
    "prod/roles_task",
    "__tests__/environments/formula/retention.test.ts",
  ),
  differs(
    "6.7",
    "a second region, asynchronous, below 4 hours, tested each year",
    "the standby has no root yet",
    "no:environments/formula/dr",
  ),
];
