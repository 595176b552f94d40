/** Services that process data: queries, delivery streams, state machines, schedules. */
import { KEY_OF_ACCOUNT, keyOfAccount } from "./account-keys";
import { all, allows, either, equals, given } from "./attributes";
import type { ResourceGuardrail } from "./guardrail";
import { hasRoleOfItsOwn } from "./schedule-roles";

export const PROCESSING = [
  {
    id: "athena-results-encrypted",
    title: "Query results are encrypted with a customer managed KMS key, regardless of the client's settings",
    why: "A result is a copy of the queried data; without a customer managed key, the bucket's policies alone control who reads it.",
    severity: "high",
    controls: { hipaa: ["164.312(a)(2)(iv)"], soc2: ["CC6.1"], gdpr: ["32(1)(a)"] },
    allowed: `enforce_workgroup_configuration = true, which is the default, encryption_option = "SSE_KMS" or "CSE_KMS", and kms_key_arn with ${KEY_OF_ACCOUNT}`,
    types: ["aws_athena_workgroup"],
    judge: all(
      equals("configuration.enforce_workgroup_configuration", true, null),
      equals("configuration.result_configuration.encryption_configuration.encryption_option", "SSE_KMS", "CSE_KMS"),
      keyOfAccount("configuration.result_configuration.encryption_configuration.kms_key_arn"),
    ),
  },
  {
    id: "firehose-encrypted",
    title: "A delivery stream encrypts buffered records with a customer managed KMS key",
    why: "Records wait in the stream until they are delivered; without a customer managed key, the stream's policies alone control who reads them.",
    severity: "high",
    controls: { hipaa: ["164.312(a)(2)(iv)"], soc2: ["CC6.1"], gdpr: ["32(1)(a)"], fsbp: ["DataFirehose.1"] },
    allowed: `server_side_encryption with enabled = true, key_type = "CUSTOMER_MANAGED_CMK", and key_arn with ${KEY_OF_ACCOUNT}; or a kinesis_source_configuration, whose stream encrypts`,
    types: ["aws_kinesis_firehose_delivery_stream"],
    judge: either(
      given("kinesis_source_configuration.kinesis_stream_arn"),
      all(
        equals("server_side_encryption.enabled", true),
        equals("server_side_encryption.key_type", "CUSTOMER_MANAGED_CMK"),
        keyOfAccount("server_side_encryption.key_arn"),
      ),
    ),
  },
  {
    id: "state-machine-encrypted",
    title: "Definition and execution history of a state machine are encrypted with a customer managed KMS key",
    why: "The history contains the input and output of each step; without a customer managed key, policies alone control who reads it.",
    severity: "medium",
    controls: { hipaa: ["164.312(a)(2)(iv)"], soc2: ["CC6.1"], gdpr: ["32(1)(a)"] },
    allowed: `encryption_configuration with type = "CUSTOMER_MANAGED_KMS_KEY", and kms_key_id with ${KEY_OF_ACCOUNT}`,
    types: ["aws_sfn_state_machine", "aws_sfn_activity"],
    judge: all(
      equals("encryption_configuration.type", "CUSTOMER_MANAGED_KMS_KEY"),
      keyOfAccount("encryption_configuration.kms_key_id"),
    ),
  },
  {
    id: "state-machine-logged",
    title: "A state machine writes its executions to a log",
    why: "AWS deletes the history of an execution after 90 days; without a log, nobody can tell afterwards what ran and why it failed.",
    severity: "medium",
    controls: {
      hipaa: ["164.312(b)"],
      soc2: ["CC7.2"],
      gdpr: ["32(1)(d)"],
      fsbp: ["StepFunctions.1"],
    },
    allowed: 'logging_configuration with level = "ALL", "ERROR" or "FATAL", and a log_destination',
    types: ["aws_sfn_state_machine"],
    judge: all(
      equals("logging_configuration.level", "ALL", "ERROR", "FATAL"),
      given("logging_configuration.log_destination"),
    ),
  },
  {
    id: "schedule-encrypted",
    title: "The input of a schedule is encrypted with a customer managed KMS key",
    why: "The input can contain records; without a customer managed key, policies alone control who reads it.",
    severity: "medium",
    controls: { hipaa: ["164.312(a)(2)(iv)"], soc2: ["CC6.1"], gdpr: ["32(1)(a)"] },
    allowed: `kms_key_arn with ${KEY_OF_ACCOUNT}`,
    types: ["aws_scheduler_schedule"],
    judge: keyOfAccount("kms_key_arn"),
  },
  {
    id: "schedule-role-own",
    title:
      "A schedule calls its target with a role that only EventBridge Scheduler can assume, and that has no managed policy",
    why: "A schedule can make any call of AWS. With a role of something else, whoever changes the schedule gets all permissions of that role.",
    severity: "medium",
    controls: { hipaa: ["164.312(a)(1)"], soc2: ["CC6.1", "CC6.3"], gdpr: ["32(1)(b)"] },
    allowed:
      "target.role_arn with a role of the same root that trusts scheduler.amazonaws.com alone, without an aws_iam_role_policy_attachment",
    types: ["aws_scheduler_schedule"],
    judge: hasRoleOfItsOwn,
  },
  {
    id: "api-destination-https",
    title: "Events leave AWS over HTTPS, and the URL holds no credential",
    why: "Whoever is on the path reads events that are sent in clear text; and a credential in the URL is in the state and in each plan.",
    severity: "high",
    controls: { hipaa: ["164.312(e)(1)"], soc2: ["CC6.1", "CC6.7"], gdpr: ["32(1)(a)"] },
    allowed: "invocation_endpoint with https://, without user and without query",
    types: ["aws_cloudwatch_event_api_destination"],
    judge: allows("invocation_endpoint", (url) => /^https:\/\/[^/?#@]+(?:\/[^?#@]*)?$/.test(String(url))),
  },
] as const satisfies readonly ResourceGuardrail[];
