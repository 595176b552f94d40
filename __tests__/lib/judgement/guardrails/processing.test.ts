import { PROCESSING } from "../../../../lib/judgement/guardrails/processing";
import { type HclValue, Reference, Unknown } from "../../../../lib/judgement/hcl";
import { resourceOf } from "./fixture";
import { proveRows } from "./rows";

type Values = { readonly [argument: string]: HclValue };

const key = new Reference("module.key.aws_kms_key.this", "arn");
const unknown = new Unknown();
const group = (encryption: Values, more: Values = {}) =>
  resourceOf("aws_athena_workgroup", {
    configuration: [{ ...more, result_configuration: [{ encryption_configuration: [encryption] }] }],
  });
const stream = (encryption: Values, more: Values = {}) =>
  resourceOf("aws_kinesis_firehose_delivery_stream", { server_side_encryption: [encryption], ...more });
const OWN = { enabled: true, key_type: "CUSTOMER_MANAGED_CMK", key_arn: key };
const RESULT = "configuration.result_configuration.encryption_configuration";

proveRows(PROCESSING, {
  "athena-results-encrypted": [
    ["holds with a key", [group({ encryption_option: "SSE_KMS", kms_key_arn: key })], "holds"],
    [
      "is broken if clients may choose",
      [group({ encryption_option: "SSE_KMS", kms_key_arn: key }, { enforce_workgroup_configuration: false })],
      "broken: configuration.enforce_workgroup_configuration = false",
    ],
    [
      "is broken by keys of S3",
      [group({ encryption_option: "SSE_S3" })],
      `broken: ${RESULT}.encryption_option = "SSE_S3"`,
    ],
    [
      "is broken if nothing is set",
      [resourceOf("aws_athena_workgroup", { name: "w" })],
      `broken: ${RESULT}.encryption_option = null`,
    ],
    [
      "is unknown if the key is unknown",
      [group({ encryption_option: "CSE_KMS", kms_key_arn: unknown })],
      `unknown: ${RESULT}.kms_key_arn = (known after apply)`,
    ],
  ],
  "firehose-encrypted": [
    ["holds with a key", [stream(OWN)], "holds"],
    ["holds behind a stream", [stream({}, { kinesis_source_configuration: [{ kinesis_stream_arn: key }] })], "holds"],
    [
      "is broken by a key of AWS",
      [stream({ enabled: true, key_type: "AWS_OWNED_CMK" })],
      'broken: kinesis_source_configuration.kinesis_stream_arn = null and server_side_encryption.key_type = "AWS_OWNED_CMK"',
    ],
    [
      "is unknown if the value is known only after the apply",
      [stream({ ...OWN, enabled: unknown })],
      "unknown: server_side_encryption.enabled = (known after apply)",
    ],
  ],
  "state-machine-encrypted": [
    [
      "holds with a key",
      [
        resourceOf("aws_sfn_state_machine", {
          encryption_configuration: [{ type: "CUSTOMER_MANAGED_KMS_KEY", kms_key_id: key }],
        }),
      ],
      "holds",
    ],
    [
      "is broken with the default",
      [resourceOf("aws_sfn_activity", {})],
      "broken: encryption_configuration.type = null",
    ],
  ],
  "schedule-encrypted": [
    ["holds with a key", [resourceOf("aws_scheduler_schedule", { kms_key_arn: key })], "holds"],
    ["is broken with the default", [resourceOf("aws_scheduler_schedule", {})], "broken: kms_key_arn = null"],
  ],
});
