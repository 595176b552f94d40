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
  holds(
    "6.2.1.2",
    "prod: daily snapshots",
    ["prod", "database.aws_db_instance.this", "backup_window", "04:30-05:30"],
    ["prod", "database.aws_db_instance.this", "backup_retention_period", 14],
  ),
  holds("6.2.1.3", "prod: kept 14 days", ["prod", "database.aws_db_instance.this", "backup_retention_period", 14]),
  holds("6.2.1.4", "prod: RTO 4 hours", "environments/formula/recovery.ts", [
    "dr",
    "restore_test",
    "max_restore_seconds",
    8100,
  ]),
  holds("6.2.1.5", "prod: RPO 15 minutes", ["dr", "backup_lag", "max_lag_seconds", 900]),
  holds(
    "6.2.1.6",
    "prod: restores tested each quarter",
    ["dr", "restore_test.aws_scheduler_schedule.this", "schedule_expression", "cron(0 16 5 1,4,7,10 ? *)"],
    "dr/recovery_evidence",
    "__tests__/environments/formula/standby.test.ts",
  ),
  holds(
    "6.2.2.2",
    "staging: daily snapshots",
    ["staging", "database.aws_db_instance.this", "backup_window", "04:30-05:30"],
    ["staging", "database.aws_db_instance.this", "backup_retention_period", 7],
  ),
  holds("6.2.2.3", "staging: kept 7 days", ["staging", "database.aws_db_instance.this", "backup_retention_period", 7]),
  holds(
    "6.2.2.4-6",
    "staging: RTO and RPO 24 hours, tests at any time",
    "environments/formula/recovery.ts",
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
  holds(
    "6.7",
    "a second region, asynchronous, below 4 hours, tested each year",
    "dr/backup_replication",
    "environments/formula/recovery.ts",
    ["dr", "recovery_drill.aws_scheduler_schedule.this", "schedule_expression", "cron(0 16 3 3 ? *)"],
  ),
  holds(
    "6.7",
    "the website after a failover",
    "prod/website_replica",
    ["prod", "website_replication.aws_cloudwatch_metric_alarm.late", "threshold", 900],
    "__tests__/environments/formula/standby-front.test.ts",
  ),
  differs(
    "6.7",
    "all users after a failover",
    "Cognito gives out no passwords, and provider 5 cannot keep its replication between regions: users with a password need a new one",
    "dr/users",
    "__tests__/runbooks/formula-users.test.ts",
  ),
];
