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
  secrets: [
    [
      "CKV2_AWS_34",
      "a password in a parameter that is not encrypted",
      "aws_ssm_parameter",
      null,
      { name: "db-password", type: "String", value: "hunter2hunter2" },
    ],
    [
      "ssm_document_secrets",
      "a password in a document",
      "aws_ssm_document",
      null,
      { content: "DB_PASSWORD=hunter2hunter2" },
    ],
    [
      "stepfunctions_statemachine_no_secrets_in_definition",
      "a password in a state machine",
      "aws_sfn_state_machine",
      null,
      { definition: '{"password":"hunter2hunter2"}' },
    ],
    [
      "types",
      "a password in every event",
      "aws_cloudwatch_event_target",
      null,
      { arn: "arn:aws:sqs:us-east-1:333333333333:q", input: '{"password":"hunter2hunter2"}' },
    ],
    [
      "types",
      "a password in a schedule",
      "aws_scheduler_schedule",
      null,
      { target: [{ input: '{"password":"hunter2hunter2"}' }] },
    ],
    ["types", "a private key of a certificate", "aws_acm_certificate", null, { private_key: "hunter2hunter2" }],
    [
      "types",
      "a password of a delivery stream",
      "aws_kinesis_firehose_delivery_stream",
      null,
      { redshift_configuration: [{ password: "hunter2hunter2" }] },
    ],
    [
      "types",
      "a client's secret of a listener rule",
      "aws_lb_listener_rule",
      null,
      { action: [{ authenticate_oidc: [{ client_secret: "hunter2hunter2" }] }] },
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
