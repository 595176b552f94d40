import { PROCESSING } from "../../../../lib/judgement/guardrails/processing";
import { EncodedJson, type HclValue, Reference, Unknown } from "../../../../lib/judgement/hcl";
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
const log = "arn:aws:logs:eu-west-1:111122223333:log-group:report";
const machine = (logging: Values) => resourceOf("aws_sfn_state_machine", { logging_configuration: [logging] });
const scheduleOf = (role_arn: HclValue) => resourceOf("aws_scheduler_schedule", { target: [{ role_arn }] });
const schedule = scheduleOf(new Reference("module.call.aws_iam_role.this", "arn"));
const role = (...Service: readonly string[]) =>
  resourceOf("aws_iam_role", {
    assume_role_policy: new EncodedJson({
      Statement: [
        {
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Principal: { Service: Service.length > 0 ? Service : "scheduler.amazonaws.com" },
        },
      ],
    }),
  });
const destination = (invocation_endpoint: HclValue) =>
  resourceOf("aws_cloudwatch_event_api_destination", { invocation_endpoint });
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
  "state-machine-logged": [
    ["holds with a level and a log", [machine({ level: "ERROR", log_destination: `${log}:*` })], "holds"],
    ["is broken with the default", [machine({})], "broken: logging_configuration.level = null"],
    [
      "is broken if logging is off",
      [machine({ level: "OFF", log_destination: `${log}:*` })],
      'broken: logging_configuration.level = "OFF"',
    ],
    ["is broken without a log", [machine({ level: "ALL" })], "broken: logging_configuration.log_destination = null"],
    [
      "is unknown if the level is known only after the apply",
      [machine({ level: unknown, log_destination: `${log}:*` })],
      "unknown: logging_configuration.level = (known after apply)",
    ],
  ],
  "schedule-encrypted": [
    ["holds with a key", [resourceOf("aws_scheduler_schedule", { kms_key_arn: key })], "holds"],
    ["is broken with the default", [resourceOf("aws_scheduler_schedule", {})], "broken: kms_key_arn = null"],
  ],
  "schedule-role-own": [
    ["holds with a role of the root that trusts the scheduler alone", [schedule, role()], "holds"],
    [
      "is broken by a role that another service uses",
      [schedule, role("scheduler.amazonaws.com", "lambda.amazonaws.com")],
      'broken: module.call.aws_iam_role.this, which trusts "lambda.amazonaws.com"',
    ],
    [
      "is broken by a managed policy",
      [
        schedule,
        role(),
        resourceOf("aws_iam_role_policy_attachment", { role: new Reference("module.call.aws_iam_role.this", "name") }),
      ],
      "broken: module.call.aws_iam_role.this with module.call.aws_iam_role_policy_attachment.this",
    ],
    [
      "is broken by a role of another root",
      [scheduleOf("arn:aws:iam::111122223333:role/admin")],
      'broken: target.role_arn = "arn:aws:iam::111122223333:role/admin"',
    ],
    ["is unknown if the role is unknown", [scheduleOf(unknown)], "unknown: target.role_arn = (known after apply)"],
    [
      "is unknown if the trust policy is unknown",
      [schedule, resourceOf("aws_iam_role", { assume_role_policy: unknown })],
      "unknown: assume_role_policy of module.call.aws_iam_role.this",
    ],
  ],
  "api-destination-https": [
    ["holds for HTTPS", [destination("https://tool.example.com/v1/findings")], "holds"],
    [
      "is broken by plain HTTP",
      [destination("http://tool.example.com/")],
      'broken: invocation_endpoint = "http://tool.example.com/"',
    ],
    [
      "is broken by a key in the URL",
      [destination("https://tool.example.com/?key=swordfish")],
      'broken: invocation_endpoint = "https://tool.example.com/?key=swordfish"',
    ],
    [
      "is broken by a user in the URL",
      [destination("https://user@tool.example.com/")],
      'broken: invocation_endpoint = "https://user@tool.example.com/"',
    ],
    [
      "is unknown if the URL is known only after the apply",
      [destination(unknown)],
      "unknown: invocation_endpoint = (known after apply)",
    ],
  ],
});
