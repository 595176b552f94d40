/**
 * Parameters of every PostgreSQL instance. Static ones take effect at the next restart.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Parameters.html
 */
export const PARAMETERS = [
  { name: "rds.force_ssl", value: "1", applyMethod: "immediate" },
  { name: "password_encryption", value: "scram-sha-256", applyMethod: "immediate" },
  { name: "log_connections", value: "1", applyMethod: "immediate" },
  { name: "log_disconnections", value: "1", applyMethod: "immediate" },
  { name: "log_lock_waits", value: "1", applyMethod: "immediate" },
  { name: "log_min_duration_statement", value: "1000", applyMethod: "immediate" },
  /**
   * The audit log leaves passwords out of the statements that it writes; log_statement would not.
   * It begins with the first migration, which has to say CREATE EXTENSION pgaudit.
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.pgaudit.html
   */
  { name: "pgaudit.log", value: "ddl,role", applyMethod: "immediate" },
  /**
   * Values that are bound to statements, and rows that an error quotes in its DETAIL, are data of persons; they stay out of the
   * log. What a program writes into the text of a statement does not.
   */
  { name: "log_parameter_max_length", value: "0", applyMethod: "immediate" },
  { name: "log_error_verbosity", value: "terse", applyMethod: "immediate" },
  { name: "shared_preload_libraries", value: "pg_stat_statements,pgaudit", applyMethod: "pending-reboot" },
] as const;
