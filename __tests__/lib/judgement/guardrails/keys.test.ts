import { KEYS } from "../../../../lib/judgement/guardrails/keys";
import { EncodedJson, type HclValue, Reference, Unknown } from "../../../../lib/judgement/hcl";
import { resourceOf } from "./fixture";
import { proveRows } from "./rows";

type Values = { readonly [argument: string]: HclValue };

const unknown = new Unknown();
const key = (values: Values, lifecycle: Values = {}) => resourceOf("aws_kms_key", values, { lifecycle });
const keyPolicy = (values: Values) => resourceOf("aws_kms_key_policy", values);
const secret = (values: Values) => resourceOf("aws_secretsmanager_secret", values);
const secretPolicy = (values: Values) => resourceOf("aws_secretsmanager_secret_policy", values);
const logs = (values: Values) => resourceOf("aws_cloudwatch_log_group", values);
const logPolicy = (policy: HclValue) => resourceOf("aws_cloudwatch_log_resource_policy", { policy_document: policy });
const protectionPolicy = (policy: HclValue) =>
  resourceOf("aws_cloudwatch_log_data_protection_policy", { policy_document: policy });
const protection = (...operations: Values[]) =>
  protectionPolicy(new EncodedJson({ Statement: operations.map((Operation) => ({ Operation })) }));
const keyArn = new Reference("module.key.aws_kms_key.this", "arn");
const allows = (more: Values) =>
  new EncodedJson({ Statement: [{ Sid: "Use", Effect: "Allow", Action: "*", ...more }] });
const account = allows({ Principal: { AWS: "arn:aws:iam::111111111111:root" } });
const ofService = allows({ Principal: { Service: "delivery.logs.amazonaws.com" } });
const everybody = allows({ Principal: { AWS: "*" } });

proveRows(KEYS, {
  "kms-rotated": [
    ["holds if it is on", [key({ enable_key_rotation: true })], "holds"],
    ["holds for a key that cannot be rotated", [key({ customer_master_key_spec: "RSA_2048" })], "holds"],
    [
      "is broken with the default",
      [key({ customer_master_key_spec: "SYMMETRIC_DEFAULT" })],
      "broken: enable_key_rotation = null",
    ],
    [
      "is unknown if the value is known only after the apply",
      [key({ enable_key_rotation: unknown })],
      "unknown: enable_key_rotation = (known after apply)",
    ],
  ],
  "kms-deletion-window": [
    ["holds with the default, and with thirty days", [key({}), key({ deletion_window_in_days: 30 })], "holds", "holds"],
    ["is broken by fewer days", [key({ deletion_window_in_days: 29 })], "broken: deletion_window_in_days = 29"],
    [
      "is unknown if the value is known only after the apply",
      [key({ deletion_window_in_days: unknown })],
      "unknown: deletion_window_in_days = (known after apply)",
    ],
  ],
  "kms-destroy-prevented": [
    ["holds with prevent_destroy", [key({}, { prevent_destroy: true })], "holds"],
    ["is broken without a lifecycle", [key({})], "broken: lifecycle.prevent_destroy = null"],
  ],
  "kms-not-public": [
    ["holds with the default policy, and for an account", [key({}), keyPolicy({ policy: account })], "holds", "holds"],
    [
      "holds if a condition restricts the calling account",
      [
        key({
          policy: allows({ Principal: "*", Condition: { StringEquals: { "kms:CallerAccount": "111111111111" } } }),
        }),
      ],
      "holds",
    ],
    ["is broken if it allows everybody", [key({ policy: everybody })], 'broken: policy, Use: {"Principal": "*"}'],
    ["is unknown if the policy is unknown", [keyPolicy({ policy: unknown })], "unknown: policy = (known after apply)"],
  ],
  "kms-lockout-check": [
    ["holds with the default", [key({})], "holds"],
    [
      "is broken if it is left out",
      [keyPolicy({ bypass_policy_lockout_safety_check: true })],
      "broken: bypass_policy_lockout_safety_check = true",
    ],
    [
      "is unknown if the value is known only after the apply",
      [key({ bypass_policy_lockout_safety_check: unknown })],
      "unknown: bypass_policy_lockout_safety_check = (known after apply)",
    ],
  ],
  "secret-encrypted": [
    ["holds with a key", [secret({ kms_key_id: keyArn })], "holds"],
    ["is broken without one", [secret({})], "broken: kms_key_id = null"],
    [
      "is unknown if the key is unknown",
      [secret({ kms_key_id: unknown })],
      "unknown: kms_key_id = (known after apply)",
    ],
  ],
  "secret-recovery-window": [
    ["holds with the default, and with a week", [secret({}), secret({ recovery_window_in_days: 7 })], "holds", "holds"],
    [
      "is broken if it is deleted at once",
      [secret({ recovery_window_in_days: 0 })],
      "broken: recovery_window_in_days = 0",
    ],
    [
      "is unknown if the value is known only after the apply",
      [secret({ recovery_window_in_days: unknown })],
      "unknown: recovery_window_in_days = (known after apply)",
    ],
  ],
  "secret-not-public": [
    ["holds for an account", [secretPolicy({ block_public_policy: true, policy: account })], "holds"],
    [
      "is broken if it allows everybody",
      [secretPolicy({ block_public_policy: true, policy: everybody })],
      'broken: policy, Use: {"Principal": "*"}',
    ],
    ["is broken without the check", [secretPolicy({ policy: account })], "broken: block_public_policy = null"],
    [
      "is unknown if the policy is unknown",
      [secretPolicy({ block_public_policy: true, policy: unknown })],
      "unknown: policy = (known after apply)",
    ],
  ],
  "logs-encrypted": [
    ["holds with a key", [logs({ kms_key_id: keyArn })], "holds"],
    ["is broken without one", [logs({})], "broken: kms_key_id = null"],
    ["is unknown if the key is unknown", [logs({ kms_key_id: unknown })], "unknown: kms_key_id = (known after apply)"],
  ],
  "logs-retention": [
    ["holds with a month", [logs({ retention_in_days: 30 })], "holds"],
    ["is broken by fewer days", [logs({ retention_in_days: 14 })], "broken: retention_in_days = 14"],
    ["is broken by 0, which means for ever", [logs({ retention_in_days: 0 })], "broken: retention_in_days = 0"],
    ["is broken if nothing is set, which means for ever", [logs({})], "broken: retention_in_days = null"],
    [
      "is unknown if the value is known only after the apply",
      [logs({ retention_in_days: unknown })],
      "unknown: retention_in_days = (known after apply)",
    ],
  ],
  "logs-not-public": [
    ["holds for a service of this account", [logPolicy(ofService)], "holds"],
    ["is broken if it allows everybody", [logPolicy(everybody)], 'broken: policy_document, Use: {"Principal": "*"}'],
    ["is unknown if the policy is unknown", [logPolicy(unknown)], "unknown: policy_document = (known after apply)"],
  ],
  "logs-masked": [
    ["holds with a mask", [protection({ Audit: {} }, { Deidentify: { MaskConfig: {} } })], "holds"],
    [
      "is broken if it only counts, or is no JSON",
      [protection({ Audit: { FindingsDestination: {} } }), protectionPolicy("MaskConfig")],
      "broken: policy_document: no statement with Deidentify.MaskConfig",
      "broken: policy_document: no statement with Deidentify.MaskConfig",
    ],
    [
      "is unknown if the policy is unknown",
      [protectionPolicy(unknown)],
      "unknown: policy_document = (known after apply)",
    ],
  ],
});
