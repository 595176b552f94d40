import { OTHER_DATABASES } from "../../../../lib/judgement/guardrails/other-databases";
import { type HclValue, Reference, Unknown } from "../../../../lib/judgement/hcl";
import { resourceOf } from "./fixture";
import { proveRows } from "./rows";

type Values = { readonly [argument: string]: HclValue };

const cluster = (values: Values, lifecycle: Values = {}) => resourceOf("aws_docdb_cluster", values, { lifecycle });
const table = (values: Values, lifecycle: Values = {}) => resourceOf("aws_dynamodb_table", values, { lifecycle });
const cache = (values: Values) => resourceOf("aws_elasticache_replication_group", values);
const tls = (value: HclValue) =>
  resourceOf("aws_docdb_cluster_parameter_group", { name: "own", parameter: [{ name: "tls", value }] });
const withGroup = cluster({ db_cluster_parameter_group_name: "own" });
const key = new Reference("module.key.aws_kms_key.this", "arn");
const unknown = new Unknown();

proveRows(OTHER_DATABASES, {
  "docdb-encrypted": [
    ["holds with a key", [cluster({ storage_encrypted: true, kms_key_id: key })], "holds"],
    ["is broken without encryption", [cluster({ kms_key_id: key })], "broken: storage_encrypted = null"],
    [
      "is unknown if the value is known only after the apply",
      [cluster({ storage_encrypted: unknown, kms_key_id: key })],
      "unknown: storage_encrypted = (known after apply)",
    ],
  ],
  "docdb-backups": [
    ["holds with a week of backups", [cluster({ backup_retention_period: 7 })], "holds"],
    ["is broken by fewer days", [cluster({ backup_retention_period: 1 })], "broken: backup_retention_period = 1"],
    [
      "is unknown if the value is known only after the apply",
      [cluster({ backup_retention_period: unknown })],
      "unknown: backup_retention_period = (known after apply)",
    ],
  ],
  "docdb-final-snapshot": [
    ["holds with a name for the snapshot", [cluster({ final_snapshot_identifier: "last" })], "holds"],
    [
      "is broken if it is skipped",
      [cluster({ skip_final_snapshot: true, final_snapshot_identifier: "last" })],
      "broken: skip_final_snapshot = true",
    ],
    [
      "is unknown if the value is known only after the apply",
      [cluster({ skip_final_snapshot: unknown, final_snapshot_identifier: "last" })],
      "unknown: skip_final_snapshot = (known after apply)",
    ],
  ],
  "docdb-deletion-protected": [
    ["holds with deletion protection", [cluster({ deletion_protection: true })], "holds"],
    ["is broken with the default", [cluster({})], "broken: deletion_protection = null"],
    [
      "is unknown if the value is known only after the apply",
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
      "is unknown if the value is known only after the apply",
      [withGroup, tls(unknown)],
      "unknown: parameter tls = (known after apply)",
    ],
  ],
  "docdb-password-managed": [
    ["holds if DocumentDB manages it", [cluster({ manage_master_user_password: true })], "holds"],
    ["is broken if it is not set", [cluster({})], "broken: manage_master_user_password = null"],
    [
      "is unknown if the value is known only after the apply",
      [cluster({ manage_master_user_password: unknown })],
      "unknown: manage_master_user_password = (known after apply)",
    ],
  ],
  "docdb-audit-log-exported": [
    ["holds with the audit log", [cluster({ enabled_cloudwatch_logs_exports: ["audit", "profiler"] })], "holds"],
    [
      "is broken by another log only",
      [cluster({ enabled_cloudwatch_logs_exports: ["profiler"] })],
      'broken: enabled_cloudwatch_logs_exports = ["profiler"]',
    ],
    [
      "is unknown if the value is known only after the apply",
      [cluster({ enabled_cloudwatch_logs_exports: unknown })],
      "unknown: enabled_cloudwatch_logs_exports = (known after apply)",
    ],
  ],
  "dynamodb-encrypted": [
    ["holds with a key", [table({ server_side_encryption: [{ enabled: true, kms_key_arn: key }] })], "holds"],
    [
      "is broken with the default",
      [table({ server_side_encryption: [] })],
      "broken: server_side_encryption.enabled = null",
    ],
    [
      "is broken without a key",
      [table({ server_side_encryption: { enabled: true } })],
      "broken: server_side_encryption.kms_key_arn = null",
    ],
    [
      "is unknown if the value is known only after the apply",
      [table({ server_side_encryption: unknown })],
      "unknown: server_side_encryption.enabled = (known after apply)",
    ],
  ],
  "dynamodb-point-in-time-recovery": [
    ["holds if it is on", [table({ point_in_time_recovery: [{ enabled: true }] })], "holds"],
    ["is broken with the default", [table({})], "broken: point_in_time_recovery.enabled = null"],
    [
      "is unknown if the value is known only after the apply",
      [table({ point_in_time_recovery: { enabled: unknown } })],
      "unknown: point_in_time_recovery.enabled = (known after apply)",
    ],
  ],
  "dynamodb-deletion-protected": [
    ["holds with deletion protection", [table({ deletion_protection_enabled: true })], "holds"],
    ["is broken with the default", [table({})], "broken: deletion_protection_enabled = null"],
    [
      "is unknown if the value is known only after the apply",
      [table({ deletion_protection_enabled: unknown })],
      "unknown: deletion_protection_enabled = (known after apply)",
    ],
  ],
  "database-destroy-prevented": [
    [
      "holds with prevent_destroy",
      [cluster({}, { prevent_destroy: true }), table({}, { prevent_destroy: true })],
      "holds",
      "holds",
    ],
    ["is broken without a lifecycle", [table({})], "broken: lifecycle.prevent_destroy = null"],
  ],
  "elasticache-encrypted": [
    ["holds with a key", [cache({ at_rest_encryption_enabled: true, kms_key_id: key })], "holds"],
    [
      "holds with the text form of the provider",
      [cache({ at_rest_encryption_enabled: "true", kms_key_id: key })],
      "holds",
    ],
    ["is broken with the default", [cache({})], "broken: at_rest_encryption_enabled = null"],
    [
      "is unknown if the value is known only after the apply",
      [cache({ at_rest_encryption_enabled: unknown, kms_key_id: key })],
      "unknown: at_rest_encryption_enabled = (known after apply)",
    ],
  ],
  "elasticache-tls-forced": [
    ["holds if TLS is on", [cache({ transit_encryption_enabled: true })], "holds"],
    ["is broken with the default", [cache({})], "broken: transit_encryption_enabled = null"],
    [
      "is broken if clients may choose",
      [cache({ transit_encryption_enabled: true, transit_encryption_mode: "preferred" })],
      'broken: transit_encryption_mode = "preferred"',
    ],
    [
      "is unknown if the value is known only after the apply",
      [cache({ transit_encryption_enabled: unknown })],
      "unknown: transit_encryption_enabled = (known after apply)",
    ],
  ],
});
