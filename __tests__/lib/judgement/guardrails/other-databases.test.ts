import { OTHER_DATABASES } from "../../../../lib/judgement/guardrails/other-databases";
import { Reference, Unknown, type Value } from "../../../../lib/judgement/hcl";
import { resourceOf } from "./fixture";
import { proveRows } from "./rows";

type Values = { readonly [argument: string]: Value };

const cluster = (values: Values, lifecycle: Values = {}) => resourceOf("aws_docdb_cluster", values, { lifecycle });
const table = (values: Values, lifecycle: Values = {}) => resourceOf("aws_dynamodb_table", values, { lifecycle });
const cache = (values: Values) => resourceOf("aws_elasticache_replication_group", values);
const tls = (value: Value) =>
  resourceOf("aws_docdb_cluster_parameter_group", { name: "own", parameter: [{ name: "tls", value }] });
const withGroup = cluster({ db_cluster_parameter_group_name: "own" });
const key = new Reference("module.key.aws_kms_key.this", "arn");
const unknown = new Unknown();

proveRows(OTHER_DATABASES, {
  "docdb-encrypted": [
    ["holds with a key", [cluster({ storage_encrypted: true, kms_key_id: key })], "holds"],
    ["is broken without encryption", [cluster({ kms_key_id: key })], "broken: storage_encrypted = null"],
    [
      "is undecided where only the apply tells",
      [cluster({ storage_encrypted: unknown, kms_key_id: key })],
      "unknown: storage_encrypted = (known after apply)",
    ],
  ],
  "docdb-backups": [
    ["holds with a week of backups", [cluster({ backup_retention_period: 7 })], "holds"],
    ["is broken by fewer days", [cluster({ backup_retention_period: 1 })], "broken: backup_retention_period = 1"],
    [
      "is undecided where only the apply tells",
      [cluster({ backup_retention_period: unknown })],
      "unknown: backup_retention_period = (known after apply)",
    ],
  ],
  "docdb-final-snapshot": [
    ["holds with a name for the snapshot", [cluster({ final_snapshot_identifier: "last" })], "holds"],
    [
      "is broken where it is skipped",
      [cluster({ skip_final_snapshot: true, final_snapshot_identifier: "last" })],
      "broken: skip_final_snapshot = true",
    ],
    [
      "is undecided where only the apply tells",
      [cluster({ skip_final_snapshot: unknown, final_snapshot_identifier: "last" })],
      "unknown: skip_final_snapshot = (known after apply)",
    ],
  ],
  "docdb-deletion-protected": [
    ["holds where DocumentDB refuses", [cluster({ deletion_protection: true })], "holds"],
    ["is broken by the default", [cluster({})], "broken: deletion_protection = null"],
    [
      "is undecided where only the apply tells",
      [cluster({ deletion_protection: unknown })],
      "unknown: deletion_protection = (known after apply)",
    ],
  ],
  "docdb-tls-forced": [
    ["holds with TLS 1.2", [withGroup, tls("tls1.2+")], "holds"],
    ["is broken without TLS", [withGroup, tls("disabled")], 'broken: parameter tls = "disabled"'],
    ["is broken by a version that is out of date", [withGroup, tls("enabled")], 'broken: parameter tls = "enabled"'],
    [
      "is broken without a group",
      [cluster({})],
      "broken: no aws_docdb_cluster_parameter_group that db_cluster_parameter_group_name names",
    ],
    [
      "is undecided where only the apply tells",
      [withGroup, tls(unknown)],
      "unknown: parameter tls = (known after apply)",
    ],
  ],
  "docdb-password-managed": [
    ["holds where DocumentDB manages it", [cluster({ manage_master_user_password: true })], "holds"],
    ["is broken where nobody says so", [cluster({})], "broken: manage_master_user_password = null"],
    [
      "is undecided where only the apply tells",
      [cluster({ manage_master_user_password: unknown })],
      "unknown: manage_master_user_password = (known after apply)",
    ],
  ],
  "docdb-audit-log-exported": [
    ["holds with the audit log", [cluster({ enabled_cloudwatch_logs_exports: ["audit", "profiler"] })], "holds"],
    [
      "is broken by another log alone",
      [cluster({ enabled_cloudwatch_logs_exports: ["profiler"] })],
      'broken: enabled_cloudwatch_logs_exports = ["profiler"]',
    ],
    [
      "is undecided where only the apply tells",
      [cluster({ enabled_cloudwatch_logs_exports: unknown })],
      "unknown: enabled_cloudwatch_logs_exports = (known after apply)",
    ],
  ],
  "dynamodb-encrypted": [
    ["holds with a key", [table({ server_side_encryption: [{ enabled: true, kms_key_arn: key }] })], "holds"],
    [
      "is broken by the default",
      [table({ server_side_encryption: [] })],
      "broken: server_side_encryption.enabled = null",
    ],
    [
      "is broken without a key",
      [table({ server_side_encryption: { enabled: true } })],
      "broken: server_side_encryption.kms_key_arn = null",
    ],
    [
      "is undecided where only the apply tells",
      [table({ server_side_encryption: unknown })],
      "unknown: server_side_encryption.enabled = (known after apply)",
    ],
  ],
  "dynamodb-point-in-time-recovery": [
    ["holds where it is on", [table({ point_in_time_recovery: [{ enabled: true }] })], "holds"],
    ["is broken by the default", [table({})], "broken: point_in_time_recovery.enabled = null"],
    [
      "is undecided where only the apply tells",
      [table({ point_in_time_recovery: { enabled: unknown } })],
      "unknown: point_in_time_recovery.enabled = (known after apply)",
    ],
  ],
  "dynamodb-deletion-protected": [
    ["holds where DynamoDB refuses", [table({ deletion_protection_enabled: true })], "holds"],
    ["is broken by the default", [table({})], "broken: deletion_protection_enabled = null"],
    [
      "is undecided where only the apply tells",
      [table({ deletion_protection_enabled: unknown })],
      "unknown: deletion_protection_enabled = (known after apply)",
    ],
  ],
  "database-destroy-prevented": [
    [
      "holds where Terraform refuses",
      [cluster({}, { prevent_destroy: true }), table({}, { prevent_destroy: true })],
      "holds",
      "holds",
    ],
    ["is broken without a lifecycle", [table({})], "broken: lifecycle.prevent_destroy = null"],
  ],
  "elasticache-encrypted": [
    ["holds with a key", [cache({ at_rest_encryption_enabled: true, kms_key_id: key })], "holds"],
    [
      "holds with the text that the provider makes of it",
      [cache({ at_rest_encryption_enabled: "true", kms_key_id: key })],
      "holds",
    ],
    ["is broken by the default", [cache({})], "broken: at_rest_encryption_enabled = null"],
    [
      "is undecided where only the apply tells",
      [cache({ at_rest_encryption_enabled: unknown, kms_key_id: key })],
      "unknown: at_rest_encryption_enabled = (known after apply)",
    ],
  ],
  "elasticache-tls-forced": [
    ["holds where TLS is on", [cache({ transit_encryption_enabled: true })], "holds"],
    ["is broken by the default", [cache({})], "broken: transit_encryption_enabled = null"],
    [
      "is broken where clients may choose",
      [cache({ transit_encryption_enabled: true, transit_encryption_mode: "preferred" })],
      'broken: transit_encryption_mode = "preferred"',
    ],
    [
      "is undecided where only the apply tells",
      [cache({ transit_encryption_enabled: unknown })],
      "unknown: transit_encryption_enabled = (known after apply)",
    ],
  ],
});
