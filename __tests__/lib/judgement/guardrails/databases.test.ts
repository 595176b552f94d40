import { DATABASES } from "../../../../lib/judgement/guardrails/databases";
import { type HclValue, Reference, Unknown } from "../../../../lib/judgement/hcl";
import { resourceOf } from "./fixture";
import { proveRows } from "./rows";

type Values = { readonly [argument: string]: HclValue };

const instance = (values: Values, lifecycle: Values = {}) => resourceOf("aws_db_instance", values, { lifecycle });
const cluster = (values: Values, lifecycle: Values = {}) => resourceOf("aws_rds_cluster", values, { lifecycle });
const member = (values: Values) => resourceOf("aws_rds_cluster_instance", values);
const key = new Reference("module.key.aws_kms_key.this", "arn");
const unknown = new Unknown();

const parameters = (...parameter: readonly HclValue[]) =>
  resourceOf("aws_db_parameter_group", { name: "own", parameter });
const clusterParameters = (...parameter: readonly HclValue[]) =>
  resourceOf("aws_rds_cluster_parameter_group", { name: "own", parameter });
const postgres = instance({
  engine: "postgres",
  parameter_group_name: new Reference("module.call.aws_db_parameter_group.this", "name"),
});
const mysql = instance({ engine: "mysql", parameter_group_name: "own" });
const aurora = cluster({ engine: "aurora-mysql", db_cluster_parameter_group_name: "own" });

const subnets = (subnet_ids: HclValue) => resourceOf("aws_db_subnet_group", { subnet_ids });
const subnet = (name: string, zone: string) =>
  resourceOf("aws_subnet", { id: `subnet-${name}`, availability_zone: zone }, { name });
const subnetId = (name: string) => new Reference(`module.call.aws_subnet.${name}`, "id");
const zoneA = "us-east-1a";
const zoneB = "us-east-1b";

proveRows(DATABASES, {
  "rds-not-public": [
    ["holds inside the network", [instance({ publicly_accessible: false })], "holds"],
    ["is broken by a public address", [member({ publicly_accessible: true })], "broken: publicly_accessible = true"],
    [
      "is unknown if the value is known only after the apply",
      [instance({ publicly_accessible: unknown })],
      "unknown: publicly_accessible = (known after apply)",
    ],
  ],
  "rds-encrypted": [
    ["holds with a key", [instance({ storage_encrypted: true, kms_key_id: key })], "holds"],
    ["is broken without encryption", [cluster({ kms_key_id: key })], "broken: storage_encrypted = null"],
    ["is broken without a key", [instance({ storage_encrypted: true })], "broken: kms_key_id = null"],
    [
      "is unknown if the key is unknown",
      [instance({ storage_encrypted: true, kms_key_id: unknown })],
      "unknown: kms_key_id = (known after apply)",
    ],
  ],
  "rds-backups": [
    ["holds with a week of backups", [instance({ backup_retention_period: 7 })], "holds"],
    ["is broken by fewer days", [cluster({ backup_retention_period: 6 })], "broken: backup_retention_period = 6"],
    ["is broken if nothing is set, which means none", [instance({})], "broken: backup_retention_period = null"],
    [
      "is unknown if the value is known only after the apply",
      [instance({ backup_retention_period: unknown })],
      "unknown: backup_retention_period = (known after apply)",
    ],
  ],
  "rds-backups-outlive-database": [
    ["holds if backups are retained", [instance({ delete_automated_backups: false })], "holds"],
    ["is broken with the default", [cluster({})], "broken: delete_automated_backups = null"],
    [
      "is unknown if the value is known only after the apply",
      [instance({ delete_automated_backups: unknown })],
      "unknown: delete_automated_backups = (known after apply)",
    ],
  ],
  "rds-final-snapshot": [
    [
      "holds with a name for the snapshot",
      [instance({ skip_final_snapshot: false, final_snapshot_identifier: "last" })],
      "holds",
    ],
    [
      "is broken if it is skipped",
      [cluster({ skip_final_snapshot: true, final_snapshot_identifier: "last" })],
      "broken: skip_final_snapshot = true",
    ],
    [
      "is broken without a name",
      [instance({ skip_final_snapshot: false })],
      "broken: final_snapshot_identifier = null",
    ],
    [
      "is unknown if the value is known only after the apply",
      [instance({ skip_final_snapshot: unknown, final_snapshot_identifier: "last" })],
      "unknown: skip_final_snapshot = (known after apply)",
    ],
  ],
  "rds-deletion-protected": [
    ["holds with deletion protection", [cluster({ deletion_protection: true })], "holds"],
    ["is broken with the default", [instance({})], "broken: deletion_protection = null"],
    [
      "is unknown if the value is known only after the apply",
      [instance({ deletion_protection: unknown })],
      "unknown: deletion_protection = (known after apply)",
    ],
  ],
  "rds-destroy-prevented": [
    ["holds with prevent_destroy", [instance({}, { prevent_destroy: true })], "holds"],
    ["is broken without a lifecycle", [cluster({})], "broken: lifecycle.prevent_destroy = null"],
    ["is broken by false", [instance({}, { prevent_destroy: false })], "broken: lifecycle.prevent_destroy = false"],
  ],
  "rds-passwords-hashed": [
    ["holds with SCRAM", [parameters({ name: "password_encryption", value: "scram-sha-256" })], "holds"],
    ["holds with the default", [parameters({ name: "rds.force_ssl", value: "1" })], "holds"],
    [
      "is broken by MD5",
      [parameters({ name: "password_encryption", value: "md5" })],
      'broken: parameter password_encryption = "md5"',
    ],
    [
      "is unknown if the value is known only after the apply",
      [parameters({ name: "password_encryption", value: unknown })],
      "unknown: parameter password_encryption = (known after apply)",
    ],
  ],
  "rds-tls-forced": [
    ["holds if the group forces TLS", [postgres, parameters({ name: "rds.force_ssl", value: "1" })], "holds"],
    ["holds for MySQL", [mysql, parameters({ name: "require_secure_transport", value: "ON" })], "holds"],
    [
      "holds for the group of a cluster",
      [aurora, clusterParameters({ name: "require_secure_transport", value: 1 })],
      "holds",
    ],
    [
      "is broken if the group does not force it",
      [postgres, parameters({ name: "rds.force_ssl", value: "0" })],
      'broken: parameter rds.force_ssl = "0"',
    ],
    [
      "is broken if the group does not set it",
      [mysql, parameters()],
      "broken: parameter require_secure_transport = null",
    ],
    [
      "is broken by a default group of AWS",
      [instance({ engine: "postgres", parameter_group_name: "default.postgres15" })],
      "broken: no aws_db_parameter_group that parameter_group_name names",
    ],
    [
      "is broken if a cluster has no group",
      [cluster({ engine: "aurora-postgresql" })],
      "broken: no aws_rds_cluster_parameter_group that db_cluster_parameter_group_name names",
    ],
    ["is unknown for an unknown engine", [instance({ engine: "oracle-ee" })], 'unknown: engine = "oracle-ee"'],
    [
      "is unknown if the parameters are unknown",
      [postgres, parameters(unknown)],
      "unknown: parameter = (known after apply)",
    ],
    [
      "is unknown if the group is unknown",
      [instance({ engine: "postgres", parameter_group_name: unknown })],
      "unknown: parameter_group_name = (known after apply)",
    ],
  ],
  "rds-password-managed": [
    ["holds if RDS manages it", [instance({ manage_master_user_password: true })], "holds"],
    ["holds for a replica", [instance({ replicate_source_db: "primary" })], "holds"],
    [
      "is broken if it is not set",
      [cluster({ master_username: "admin" })],
      "broken: manage_master_user_password = null",
    ],
    [
      "is unknown if it may be a replica",
      [instance({ replicate_source_db: unknown })],
      "unknown: replicate_source_db = (known after apply)",
    ],
  ],
  "rds-iam-authentication": [
    [
      "holds if it is on",
      [cluster({ engine: "aurora-postgresql", iam_database_authentication_enabled: true })],
      "holds",
    ],
    ["holds for a Multi-AZ cluster, which has none", [cluster({ engine: "postgres" })], "holds"],
    [
      "is broken with the default",
      [cluster({ engine: "aurora-postgresql" })],
      "broken: iam_database_authentication_enabled = null",
    ],
    [
      "is unknown if the value is known only after the apply",
      [cluster({ engine: "aurora-mysql", iam_database_authentication_enabled: unknown })],
      "unknown: iam_database_authentication_enabled = (known after apply)",
    ],
  ],
  "rds-certificate-authority": [
    ["holds with an authority in force", [member({ ca_cert_identifier: "rds-ca-rsa2048-g1" })], "holds"],
    ["holds with the default", [instance({})], "holds"],
    [
      "is broken by one that expired",
      [instance({ ca_cert_identifier: "rds-ca-2019" })],
      'broken: ca_cert_identifier = "rds-ca-2019"',
    ],
    [
      "is unknown if the value is known only after the apply",
      [member({ ca_cert_identifier: unknown })],
      "unknown: ca_cert_identifier = (known after apply)",
    ],
  ],
  "rds-logs-exported": [
    ["holds with a log", [instance({ enabled_cloudwatch_logs_exports: ["postgresql"] })], "holds"],
    [
      "is broken without one",
      [cluster({ enabled_cloudwatch_logs_exports: [] })],
      "broken: enabled_cloudwatch_logs_exports = []",
    ],
    [
      "is unknown if the value is known only after the apply",
      [instance({ enabled_cloudwatch_logs_exports: unknown })],
      "unknown: enabled_cloudwatch_logs_exports = (known after apply)",
    ],
  ],
  "rds-subnets-in-two-zones": [
    [
      "holds with subnets in two zones",
      [subnets([subnetId("a"), subnetId("b")]), subnet("a", zoneA), subnet("b", zoneB)],
      "holds",
    ],
    [
      "holds with a set of such subnets",
      [subnets(new Unknown([subnetId("a"), subnetId("b")])), subnet("a", zoneA), subnet("b", zoneB)],
      "holds",
    ],
    ["holds with subnets of another root", [subnets(["subnet-1", "subnet-2"])], "holds"],
    [
      "is broken by two subnets in one zone",
      [subnets([subnetId("a"), "subnet-b"]), subnet("a", zoneA), subnet("b", zoneA)],
      "broken: subnet_ids in [us-east-1a]",
    ],
    ["is broken by one subnet", [subnets(["subnet-1"])], "broken: subnet_ids in [subnet-1]"],
    ["is broken without subnets", [subnets([])], "broken: subnet_ids in []"],
    [
      "is unknown if the subnets are unknown",
      [subnets([subnetId("a"), unknown]), subnet("a", zoneA)],
      "unknown: subnet_ids in [us-east-1a] and others",
    ],
    [
      "is unknown if a data source looks them up",
      [subnets(new Reference("data.aws_subnets.this", "ids"))],
      "unknown: subnet_ids in [] and others",
    ],
  ],
  "rds-minor-upgrades": [
    ["holds with the default", [instance({})], "holds"],
    [
      "is broken if it is off",
      [member({ auto_minor_version_upgrade: false })],
      "broken: auto_minor_version_upgrade = false",
    ],
    [
      "is unknown if the value is known only after the apply",
      [instance({ auto_minor_version_upgrade: unknown })],
      "unknown: auto_minor_version_upgrade = (known after apply)",
    ],
  ],
  "rds-insights-encrypted": [
    [
      "holds with a key",
      [instance({ performance_insights_enabled: true, performance_insights_kms_key_id: key })],
      "holds",
    ],
    ["holds if it is off", [member({ performance_insights_enabled: false })], "holds"],
    [
      "is broken without a key",
      [cluster({ performance_insights_enabled: true })],
      "broken: performance_insights_kms_key_id = null",
    ],
    [
      "is unknown if it may be off",
      [instance({ performance_insights_enabled: unknown })],
      "unknown: performance_insights_enabled = (known after apply)",
    ],
  ],
});
