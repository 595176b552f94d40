import { MESSAGING } from "../../../../lib/judgement/guardrails/messaging";
import { EncodedJson, type HclValue, Reference, Unknown } from "../../../../lib/judgement/hcl";
import { resourceOf } from "./fixture";
import { type Case, proveRows } from "./rows";

type Values = { readonly [argument: string]: HclValue };

const unknown = new Unknown();
const key = new Reference("module.key.aws_kms_key.this", "arn");
const queue = (values: Values, name = "this") => resourceOf("aws_sqs_queue", values, { name });
const queuePolicy = (policy: HclValue) =>
  resourceOf("aws_sqs_queue_policy", { queue_url: new Reference("module.call.aws_sqs_queue.this", "url"), policy });
const topic = (values: Values) => resourceOf("aws_sns_topic", { arn: "arn:aws:sns:us-east-1:1:alerts", ...values });
const topicPolicy = (policy: HclValue) =>
  resourceOf("aws_sns_topic_policy", { arn: "arn:aws:sns:us-east-1:1:alerts", policy });
const mail = (options: Values) => resourceOf("aws_sesv2_configuration_set", { delivery_options: [options] });
const channel = (values: Values) => resourceOf("aws_chatbot_slack_channel_configuration", values);
const policyArn = new Reference("module.call.aws_iam_policy.this", "arn");
const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
const says = (...Statement: readonly HclValue[]) => new EncodedJson({ Statement });
const denies = (Action: HclValue) =>
  says({ Effect: "Deny", Principal: "*", Action, Condition: { Bool: { "aws:SecureTransport": "false" } } });
const allows = (more: Values) => says({ Sid: "Send", Effect: "Allow", ...more });
const account = { StringEquals: { "aws:SourceAccount": "111111111111" } };
const noTls = "broken: policy has no statement that denies all requests without TLS";
const redrive = new EncodedJson({
  deadLetterTargetArn: new Reference("module.call.aws_sqs_queue.dead", "arn"),
  maxReceiveCount: 5,
});

proveRows(MESSAGING, {
  "sqs-encrypted": [
    ["holds with a key", [queue({ kms_master_key_id: key })], "holds"],
    ["is broken by a key of SQS", [queue({ sqs_managed_sse_enabled: true })], "broken: kms_master_key_id = null"],
    [
      "is unknown if the key is unknown",
      [queue({ kms_master_key_id: unknown })],
      "unknown: kms_master_key_id = (known after apply)",
    ],
  ],
  "sqs-tls-only": [
    ["holds if plain HTTP is denied", [queue({}), queuePolicy(denies("sqs:*"))], "holds"],
    ["holds if its own argument denies it", [queue({ policy: denies("sqs:*") })], "holds"],
    ["is broken if its own argument does not", [queue({ policy: denies("sqs:SendMessage") })], noTls],
    [
      "is broken if another resource sets a policy that does not deny it",
      [queue({ policy: denies("sqs:*") }), queuePolicy(denies("sqs:SendMessage"))],
      noTls,
    ],
    ["is broken without a policy", [queue({})], "broken: no aws_sqs_queue_policy whose queue_url names this resource"],
    ["is broken if it covers one action", [queue({}), queuePolicy(denies("sqs:SendMessage"))], noTls],
    ["is unknown if the policy is unknown", [queue({}), queuePolicy(unknown)], "unknown: policy = (known after apply)"],
  ],
  "sqs-not-public": [
    [
      "holds if a condition restricts the account",
      [queuePolicy(allows({ Principal: "*", Condition: account }))],
      "holds",
    ],
    [
      "is broken if it allows everybody",
      [queuePolicy(allows({ Principal: "*" }))],
      'broken: policy, Send: {"Principal": "*"}',
    ],
    ...Object.entries<HclValue>({
      "every organization": { StringLike: { "aws:PrincipalOrgID": "o-*" } },
      "every account": { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:*" } },
      "callers with TLS": { Bool: { "aws:SecureTransport": "true" } },
      "a caller's own account": { StringEquals: { "aws:PrincipalAccount": "${aws:PrincipalAccount}" } },
    }).map(
      ([who, Condition]): Case => [
        `is broken by a condition that lets in ${who}`,
        [queuePolicy(allows({ Principal: { AWS: "*" }, Condition }))],
        'broken: policy, Send: {"Principal": "*"}',
      ],
    ),
    [
      "is broken by a wildcard in a principal",
      [queuePolicy(allows({ Principal: { AWS: "arn:aws:iam::*:root" } }))],
      'broken: policy, Send: {"Principal": "*"}',
    ],
    [
      "is unknown if the account is unknown",
      [queuePolicy(allows({ Principal: "*", Condition: { StringEquals: { "aws:SourceAccount": unknown } } }))],
      "unknown: policy, Send: (known after apply)",
    ],
    [
      "is broken by the queue's own policy",
      [queue({ policy: allows({ Principal: { AWS: "*" } }) })],
      'broken: policy, Send: {"Principal": "*"}',
    ],
    ["holds for a queue without a policy", [queue({ policy: "" })], "holds"],
    ["is unknown if the policy is unknown", [queuePolicy(unknown)], "unknown: policy = (known after apply)"],
    ["is unknown if the policy is not JSON", [queuePolicy("{")], "unknown: policy = (known after apply)"],
  ],
  "sqs-dead-letters-kept": [
    [
      "holds for a queue and its dead-letter queue",
      [queue({ redrive_policy: redrive }), queue({}, "dead")],
      "holds",
      "holds",
    ],
    [
      "holds with a redrive policy of its own",
      [
        queue({}),
        resourceOf("aws_sqs_queue_redrive_policy", {
          queue_url: new Reference("module.call.aws_sqs_queue.this", "url"),
          redrive_policy: redrive,
        }),
      ],
      "holds",
    ],
    [
      "holds for the dead letters of a rule",
      [
        queue({}),
        resourceOf("aws_cloudwatch_event_target", {
          dead_letter_config: [{ arn: new Reference("module.call.aws_sqs_queue.this", "arn") }],
        }),
      ],
      "holds",
    ],
    [
      "holds for the dead letters of a schedule",
      [
        queue({}),
        resourceOf("aws_scheduler_schedule", {
          target: [{ dead_letter_config: [{ arn: new Reference("module.call.aws_sqs_queue.this", "arn") }] }],
        }),
      ],
      "holds",
    ],
    [
      "is broken if no queue receives them",
      [queue({})],
      "broken: redrive_policy = null and no aws_sqs_queue_redrive_policy whose queue_url names this resource",
    ],
    [
      "is unknown if the value is known only after the apply",
      [queue({ redrive_policy: unknown })],
      "unknown: redrive_policy = (known after apply)",
    ],
  ],
  "sns-encrypted": [
    ["holds with a key", [topic({ kms_master_key_id: key })], "holds"],
    ["is broken without one", [topic({})], "broken: kms_master_key_id = null"],
    [
      "is unknown if the key is unknown",
      [topic({ kms_master_key_id: unknown })],
      "unknown: kms_master_key_id = (known after apply)",
    ],
  ],
  "sns-tls-only": [
    ["holds if plain HTTP is denied", [topic({}), topicPolicy(denies("sns:Publish"))], "holds"],
    ["is broken without a policy", [topic({})], "broken: no aws_sns_topic_policy whose arn names this resource"],
    ["is broken if it covers another action", [topic({}), topicPolicy(denies("sns:Subscribe"))], noTls],
    ["is unknown if the policy is unknown", [topic({}), topicPolicy(unknown)], "unknown: policy = (known after apply)"],
  ],
  "sns-not-public": [
    ["holds for a service", [topicPolicy(allows({ Principal: { Service: ["events.amazonaws.com"] } }))], "holds"],
    [
      "is broken if it allows everybody",
      [topicPolicy(allows({ Principal: "*" }))],
      'broken: policy, Send: {"Principal": "*"}',
    ],
    ["is unknown if the policy is unknown", [topicPolicy(unknown)], "unknown: policy = (known after apply)"],
  ],
  "mail-tls-only": [
    ["holds if TLS is required", [mail({ tls_policy: "REQUIRE" })], "holds"],
    [
      "holds for the first API",
      [resourceOf("aws_ses_configuration_set", { delivery_options: [{ tls_policy: "Require" }] })],
      "holds",
    ],
    ["is broken with the default", [mail({})], "broken: delivery_options.tls_policy = null"],
    [
      "is broken if TLS is optional",
      [mail({ tls_policy: "OPTIONAL" })],
      'broken: delivery_options.tls_policy = "OPTIONAL"',
    ],
    [
      "is unknown if the value is known only after the apply",
      [mail({ tls_policy: unknown })],
      "unknown: delivery_options.tls_policy = (known after apply)",
    ],
  ],
  "chat-guardrail-policies": [
    ["holds with a policy of the root", [channel({ guardrail_policy_arns: [policyArn] })], "holds"],
    ["is broken by the default", [channel({})], "broken: guardrail_policy_arns = null"],
    ["is broken without a policy", [channel({ guardrail_policy_arns: [] })], "broken: guardrail_policy_arns = []"],
    [
      "is broken if one of them allows everything",
      [channel({ guardrail_policy_arns: [policyArn, ADMINISTRATOR] })],
      `broken: guardrail_policy_arns has "${ADMINISTRATOR}"`,
    ],
    [
      "is unknown if one of them is",
      [channel({ guardrail_policy_arns: [policyArn, unknown] })],
      "unknown: guardrail_policy_arns has (known after apply)",
    ],
  ],
});
