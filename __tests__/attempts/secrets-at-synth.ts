/** Secrets in arguments that are not named like secrets, or that the provider's schema marks as sensitive. */
import type { SynthRow } from "./attempt";

export const SECRETS_IN_ARGUMENTS: readonly SynthRow[] = [
  [
    "CKV2_AWS_34",
    "a password in a parameter that is not encrypted",
    "no-secret-values-in-state",
    "aws_ssm_parameter",
    { name: "db-password", type: "String", value: "hunter2hunter2" },
  ],
  [
    "ssm_document_secrets",
    "a password in a document",
    "no-passwords-in-state",
    "aws_ssm_document",
    { content: "DB_PASSWORD=hunter2hunter2" },
  ],
  [
    "stepfunctions_statemachine_no_secrets_in_definition",
    "a password in a state machine",
    "no-passwords-in-state",
    "aws_sfn_state_machine",
    { definition: '{"password":"hunter2hunter2"}' },
  ],
  [
    "types",
    "a password in every event",
    "no-passwords-in-state",
    "aws_cloudwatch_event_target",
    { arn: "arn:aws:sqs:us-east-1:333333333333:q", input: '{"password":"hunter2hunter2"}' },
  ],
  [
    "types",
    "a password in a schedule",
    "no-passwords-in-state",
    "aws_scheduler_schedule",
    { target: [{ input: '{"password":"hunter2hunter2"}' }] },
  ],
  [
    "types",
    "a private key of a certificate",
    "no-passwords-in-state",
    "aws_acm_certificate",
    { private_key: "hunter2hunter2" },
  ],
  [
    "types",
    "a password of a delivery stream",
    "no-passwords-in-state",
    "aws_kinesis_firehose_delivery_stream",
    { redshift_configuration: [{ password: "hunter2hunter2" }] },
  ],
  [
    "types",
    "a client's secret of a listener rule",
    "no-passwords-in-state",
    "aws_lb_listener_rule",
    { action: [{ authenticate_oidc: [{ client_secret: "hunter2hunter2" }] }] },
  ],
];
