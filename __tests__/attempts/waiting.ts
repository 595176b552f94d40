/**
 * Attempts that pass today: nothing about these resources is refused, and nobody has to approve them. Each waits for a
 * guardrail of the class that it is listed under. The test fails once one is stopped, and the row then moves to its class.
 */
import type { ChangeRow, Class } from "./attempt";

export const WAITING: Readonly<Partial<Record<Class, readonly ChangeRow[]>>> = {
  "types and arguments": [
    [
      "CKV2_AWS_30",
      "stop the log of statements",
      "aws_db_parameter_group",
      { parameter: [{ name: "log_statement", value: "all" }] },
      { parameter: [{ name: "log_statement", value: "none" }] },
    ],
    [
      "types",
      "store passwords with MD5",
      "aws_db_parameter_group",
      { parameter: [{ name: "password_encryption", value: "scram-sha-256" }] },
      { parameter: [{ name: "password_encryption", value: "md5" }] },
    ],
  ],
  "keys and disks": [
    ["CKV_AWS_159", "results of Athena without encryption", "aws_athena_workgroup", null, { name: "w" }],
    ["CKV_AWS_241", "a delivery stream without a key", "aws_kinesis_firehose_delivery_stream", null, { name: "s" }],
    [
      "stepfunctions_statemachine_encrypted_with_cmk",
      "a state machine without a key",
      "aws_sfn_state_machine",
      null,
      { name: "s" },
    ],
    ["CKV_AWS_297", "a schedule without a key", "aws_scheduler_schedule", null, { name: "s" }],
    ["CKV_AWS_365", "mail without TLS", "aws_ses_configuration_set", null, { name: "s" }],
    [
      "CKV_AWS_224",
      "logs of commands in containers without encryption",
      "aws_ecs_cluster",
      null,
      { configuration: [{ execute_command_configuration: [{ logging: "OVERRIDE" }] }] },
    ],
  ],
};
