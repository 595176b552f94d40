/** Mutants of databases: a PostgreSQL instance and an Aurora cluster. */
import { inFile, type Mutant, ofModule, refused } from "./mutant";
import { ANYWHERE, PERMISSIONS, ROLES } from "./role-mutants";

const INSTANCE = "resource.aws_db_instance.this";
const CLUSTER = "resource.aws_rds_cluster.this";
const MEMBER = "resource.aws_rds_cluster_instance.this";

/** An instance of a cluster. The module has Performance Insights at the cluster or at its instances: the input of the mode decides. */
const WITHOUT_KEY = {
  cluster_identifier: "${aws_rds_cluster.this.id}",
  engine: "aurora-postgresql",
  instance_class: "db.serverless",
  ca_cert_identifier: "rds-ca-rsa2048-g1",
  publicly_accessible: false,
  performance_insights_enabled: true,
};

export const DATABASE_MUTANTS: readonly Mutant[] = [
  ...ofModule("rds", { "no-passwords-in-state": [`${INSTANCE}.password`, "swordfish"] }).map(refused),
  ...ofModule("rds", {
    "rds-not-public": [`${INSTANCE}.publicly_accessible`, true],
    "rds-encrypted": [`${INSTANCE}.storage_encrypted`, false],
    "rds-backups": [`${INSTANCE}.backup_retention_period`, 1],
    "rds-backups-outlive-database": [`${INSTANCE}.delete_automated_backups`, true],
    "rds-final-snapshot": [`${INSTANCE}.skip_final_snapshot`, true],
    "rds-deletion-protected": [`${INSTANCE}.deletion_protection`, false],
    "rds-destroy-prevented": [`${INSTANCE}.lifecycle`],
    "rds-tls-forced": ["resource.aws_db_parameter_group.this.parameter.0.value", "0"],
    "rds-password-managed": [`${INSTANCE}.manage_master_user_password`],
    "rds-passwords-hashed": ["resource.aws_db_parameter_group.this.parameter.1.value", "md5"],
    "rds-certificate-authority": [`${INSTANCE}.ca_cert_identifier`, "rds-ca-2019"],
    "rds-logs-exported": [`${INSTANCE}.enabled_cloudwatch_logs_exports`, []],
    "rds-minor-upgrades": [`${INSTANCE}.auto_minor_version_upgrade`, false],
    "rds-insights-encrypted": [`${INSTANCE}.performance_insights_kms_key_id`],
  }),
  ...ofModule("aurora-postgresql", { "no-passwords-in-state": [`${CLUSTER}.master_password`, "swordfish"] }).map(
    refused,
  ),
  ...ofModule("aurora-postgresql", {
    "rds-not-public": [`${MEMBER}.publicly_accessible`, true],
    "rds-encrypted": [`${CLUSTER}.storage_encrypted`, false],
    "rds-backups": [`${CLUSTER}.backup_retention_period`, 1],
    "rds-backups-outlive-database": [`${CLUSTER}.delete_automated_backups`, true],
    "rds-final-snapshot": [`${CLUSTER}.skip_final_snapshot`, true],
    "rds-deletion-protected": [`${CLUSTER}.deletion_protection`, false],
    "rds-destroy-prevented": [`${CLUSTER}.lifecycle`],
    "rds-subnets-in-two-zones": ["resource.aws_db_subnet_group.this.subnet_ids", ["subnet-0123456789abcdef0"]],
    "rds-tls-forced": ["resource.aws_rds_cluster_parameter_group.this.parameter.0.value", "0"],
    "rds-password-managed": [`${CLUSTER}.manage_master_user_password`],
    "rds-passwords-hashed": ["resource.aws_rds_cluster_parameter_group.this.parameter.1.value", "md5"],
    "rds-iam-authentication": [`${CLUSTER}.iam_database_authentication_enabled`, false],
    "rds-certificate-authority": [`${MEMBER}.ca_cert_identifier`, "rds-ca-2019"],
    "rds-logs-exported": [`${CLUSTER}.enabled_cloudwatch_logs_exports`, []],
    "rds-minor-upgrades": [`${MEMBER}.auto_minor_version_upgrade`, false],
    "rds-insights-encrypted": ["resource.aws_rds_cluster_instance.extra", WITHOUT_KEY],
    "logs-encrypted": ["resource.aws_cloudwatch_log_group.postgresql.kms_key_id"],
    "logs-retention": ["resource.aws_cloudwatch_log_group.postgresql.retention_in_days"],
  }),
  ...inFile("<root>/main.tf.json", {
    "rds-subnets-in-two-zones": ["module.database.subnet_ids", ["${values(module.vpc.data_subnet_ids)[0]}"]],
  }).map((mutant) => ({ ...mutant, beside: ["module", "vpc"] })),
  ...ofModule("rds-monitoring-role", { ...ROLES, ...PERMISSIONS, ...ANYWHERE }),
  ...ofModule("rds-monitoring-role", {
    // Unknown in a plan, so that the provider does not read it.
    "no-secrets-read-into-state": [
      "data.aws_secretsmanager_secret_version",
      { extra: { secret_id: "${aws_iam_role.this.arn}" } },
    ],
  }),
  ...ofModule("rds-monitoring-role", { "tags-not-overridden": ["resource.aws_iam_role.this.tags", { Env: "other" }] }),
  // Version 5 of the provider, which plans the mutants, knows no region of a resource.
  ...ofModule("aurora-postgresql", { "resource-in-provider-region": [`${CLUSTER}.region`, "us-west-2"] }).map(refused),
  ...ofModule("aurora-postgresql", { "no-secret-defaults": ["variable.master_username.sensitive", true] }, "variables"),
  ...ofModule(
    "aurora-postgresql",
    { "version-ranges-bounded": ["terraform.required_version", ">= 1.11.0"] },
    "versions",
  ),
];
