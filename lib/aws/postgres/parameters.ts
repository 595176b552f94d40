import type { Expression } from "../../generator/expression/code";
import { hcl } from "../../generator/expression/expression";

/**
 * Parameters of every PostgreSQL database, an instance of RDS or a cluster of Aurora. RDS admits `immediate` for dynamic parameters only. Of a value that is the default of
 * its version RDS says `pending-reboot`, whatever it was told, and Terraform would plan to change that for ever. So a parameter
 * that is static or the default in some version has `pending-reboot` in all of them. RDS makes an instance with every parameter
 * in force; only a later change of these waits for a restart.
 *
 * | parameter | from | is |
 * | --- | --- | --- |
 * | `shared_preload_libraries` | 13 | static |
 * | `rds.force_ssl` | 13 | static, default 0 |
 * | `rds.force_ssl` | 15 | dynamic, default 1 |
 * | `password_encryption` | 13 | dynamic, default md5 |
 * | `password_encryption` | 14 | dynamic, default scram-sha-256 |
 * | `log_parameter_max_length` | 13 | dynamic; not there before |
 * | all others | 13 | dynamic, another default |
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Parameters.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL_Password_Encryption_configuration.html
 * @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/db_parameter_group#problematic-plan-changes
 */
const PARAMETERS = [
  { name: "rds.force_ssl", value: "1", applyMethod: "pending-reboot" },
  { name: "password_encryption", value: "scram-sha-256", applyMethod: "pending-reboot" },
  { name: "log_connections", value: "1", applyMethod: "immediate" },
  { name: "log_disconnections", value: "1", applyMethod: "immediate" },
  { name: "log_lock_waits", value: "1", applyMethod: "immediate" },
  { name: "log_min_duration_statement", value: "1000", applyMethod: "immediate" },
  /**
   * The audit log omits passwords in statements; log_statement does not. It starts with the first migration, which has to
   * run CREATE EXTENSION pgaudit.
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.pgaudit.html
   */
  { name: "pgaudit.log", value: "ddl,role", applyMethod: "immediate" },
  /**
   * Bound values of statements, and rows in the DETAIL of an error, are personal data and stay out of the log. Literals in
   * the text of a statement are logged.
   */
  { name: "log_parameter_max_length", value: "0", applyMethod: "immediate" },
  { name: "log_error_verbosity", value: "terse", applyMethod: "immediate" },
  { name: "shared_preload_libraries", value: "pg_stat_statements,pgaudit", applyMethod: "pending-reboot" },
] as const;

/** Arguments of the parameter group. A new family replaces the group, which a database may use until it has the new one. */
export function postgresParameters(
  name: Expression<string>,
  family: "aurora-postgresql" | "postgres",
  version: Expression<string>,
) {
  return {
    namePrefix: `${name}-`,
    family: hcl<string>`format(${`${family}%s`}, split(".", ${version})[0])`,
    description: "TLS forced, connections, locks, slow statements and schema changes logged",
    parameter: PARAMETERS.map((parameter) => ({ ...parameter })),
    lifecycle: { createBeforeDestroy: true },
  };
}
