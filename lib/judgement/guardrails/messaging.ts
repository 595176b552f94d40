/** Queues, topics and mail: encrypted, TLS only, not public, and without silent loss of messages. */

import type { ResourceInstance, RootConfiguration } from "../configuration";
import { type HclValue, isMapping } from "../hcl";
import { KEY_OF_ACCOUNT, keyOfAccount } from "./account-keys";
import { concerns, concernsService } from "./actions";
import {
  accompanied,
  all,
  type CompanionJudge,
  either,
  equals,
  given,
  type Judge,
  several,
  without,
} from "./attributes";
import { refusesPlainHttp } from "./denials";
import { HOLDS, type ResourceGuardrail } from "./guardrail";
import { documentOf } from "./policies";
import { BOUND_PRINCIPALS, closedToThePublic } from "./principals";
import { isAbsent, pointsAt, thoseNaming, valuesAt } from "./values";

/** @see https://docs.aws.amazon.com/chatbot/latest/APIReference/API_CreateSlackChannelConfiguration.html */
const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";

export const MESSAGING = [
  {
    id: "sqs-encrypted",
    title: "A queue is encrypted with a customer managed KMS key",
    why: "Without a customer managed key, the queue's policies alone control who reads waiting messages.",
    severity: "high",
    controls: { hipaa: ["164.312(a)(2)(iv)"], soc2: ["CC6.1"], gdpr: ["32(1)(a)"], fsbp: ["SQS.1"] },
    allowed: `kms_master_key_id with ${KEY_OF_ACCOUNT}`,
    types: ["aws_sqs_queue"],
    judge: keyOfAccount("kms_master_key_id"),
  },
  {
    id: "sqs-tls-only",
    title: "A queue refuses requests without TLS",
    why: "A client without TLS sends messages in clear text.",
    severity: "high",
    controls: { hipaa: ["164.312(e)(1)", "164.312(e)(2)(ii)"], soc2: ["CC6.7"], gdpr: ["32(1)(a)"] },
    allowed:
      "a policy, as an aws_sqs_queue_policy or as an argument of the queue, that denies sqs:* to * on the queue where aws:SecureTransport is false",
    types: ["aws_sqs_queue"],
    judge: byPolicy(
      "aws_sqs_queue_policy",
      "queue_url",
      refusesPlainHttp("policy", { actions: (statement) => concernsService(statement, "sqs"), parts: ["own"] }),
    ),
  },
  {
    id: "sqs-not-public",
    title: "No policy allows everybody to send or receive messages",
    why: "Anybody who knows the queue's URL reads messages, or triggers actions with forged ones.",
    severity: "critical",
    controls: { hipaa: ["164.312(a)(1)"], soc2: ["CC6.1", "CC6.6"], gdpr: ["32(1)(b)"], fsbp: ["SQS.3"] },
    allowed: BOUND_PRINCIPALS,
    types: ["aws_sqs_queue", "aws_sqs_queue_policy"],
    judge: closedToThePublic("policy"),
  },
  {
    id: "sqs-dead-letters-kept",
    title: "Messages that cannot be processed go to a dead-letter queue",
    why: "A message that always fails is retried until it expires, and is then lost without a trace.",
    severity: "medium",
    controls: { hipaa: ["164.312(c)(1)"], soc2: ["PI1.3"], gdpr: ["32(1)(b)"] },
    allowed:
      "a redrive_policy; or another queue whose redrive_policy names this one, or a rule or schedule of EventBridge that sends its failures here",
    types: ["aws_sqs_queue"],
    judge: (queue, root) =>
      takesDeadLetters(queue, root)
        ? HOLDS
        : either(given("redrive_policy"), accompanied("aws_sqs_queue_redrive_policy", "queue_url"))(queue, root),
  },
  {
    id: "sns-encrypted",
    title: "A topic is encrypted with a customer managed KMS key",
    why: "Without a customer managed key, the topic's policies alone control who reads messages at rest.",
    severity: "high",
    controls: { hipaa: ["164.312(a)(2)(iv)"], soc2: ["CC6.1"], gdpr: ["32(1)(a)"] },
    allowed: `kms_master_key_id with ${KEY_OF_ACCOUNT}`,
    types: ["aws_sns_topic"],
    judge: keyOfAccount("kms_master_key_id"),
  },
  {
    id: "sns-tls-only",
    title: "A topic refuses messages without TLS",
    why: "A publisher without TLS sends messages in clear text.",
    severity: "high",
    controls: { hipaa: ["164.312(e)(1)", "164.312(e)(2)(ii)"], soc2: ["CC6.7"], gdpr: ["32(1)(a)"] },
    allowed:
      "a policy, as an aws_sns_topic_policy or as an argument of the topic, that denies sns:Publish to * on the topic where aws:SecureTransport is false",
    types: ["aws_sns_topic"],
    judge: byPolicy(
      "aws_sns_topic_policy",
      "arn",
      refusesPlainHttp("policy", { actions: (statement) => concerns(statement, "sns:Publish"), parts: ["own"] }),
    ),
  },
  {
    id: "sns-not-public",
    title: "No policy allows everybody to publish or subscribe",
    why: "Anybody who knows the topic's ARN reads its messages, or raises false alarms.",
    severity: "critical",
    controls: { hipaa: ["164.312(a)(1)"], soc2: ["CC6.1", "CC6.6"], gdpr: ["32(1)(b)"], fsbp: ["SNS.4"] },
    allowed: BOUND_PRINCIPALS,
    types: ["aws_sns_topic", "aws_sns_topic_policy"],
    judge: closedToThePublic("policy"),
  },
  {
    id: "mail-tls-only",
    title: "Mail is sent over TLS, or not at all",
    why: "A receiving server without TLS gets the mail, with all personal data in it, in clear text.",
    severity: "high",
    controls: { hipaa: ["164.312(e)(1)", "164.312(e)(2)(ii)"], soc2: ["CC6.7"], gdpr: ["32(1)(a)"], fsbp: ["SES.3"] },
    allowed: 'delivery_options.tls_policy = "REQUIRE", in aws_ses_configuration_set "Require"',
    types: ["aws_ses_configuration_set", "aws_sesv2_configuration_set"],
    judge: equals("delivery_options.tls_policy", "REQUIRE", "Require"),
  },
  {
    id: "chat-guardrail-policies",
    title: "Policies limit the commands that people send from a chat channel",
    why: "Without guardrail policies, AWS takes AdministratorAccess: whoever writes in the channel can use every permission of its role.",
    severity: "high",
    controls: { hipaa: ["164.312(a)(1)"], soc2: ["CC6.1", "CC6.3"], gdpr: ["32(1)(b)"] },
    allowed: "guardrail_policy_arns with one policy or more, and without AdministratorAccess",
    types: ["aws_chatbot_slack_channel_configuration", "aws_chatbot_teams_channel_configuration"],
    judge: all(several("guardrail_policy_arns", 1), without("guardrail_policy_arns", [ADMINISTRATOR])),
  },
] as const satisfies readonly ResourceGuardrail[];

/**
 * Judges the resources that set the policy, else the argument: in a plan, the argument has the value that such a
 * resource set before.
 */
function byPolicy(type: string, by: string, judge: CompanionJudge): Judge {
  const others = accompanied(type, by, judge);
  return (resource, root) => {
    const isOwn = !isAbsent(resource.values.policy ?? null) && thoseNaming(resource, type, by, root).length === 0;
    return isOwn ? judge(resource, root, resource) : others(resource, root);
  };
}

function takesDeadLetters(queue: ResourceInstance, root: RootConfiguration): boolean {
  const policies = [...root.of("aws_sqs_queue"), ...root.of("aws_sqs_queue_redrive_policy")].map(
    ({ values }) => values.redrive_policy ?? null,
  );
  const failures = FAILING.flatMap(({ type, path }) => root.of(type).flatMap(({ values }) => valuesAt(values, path)));
  return [...policies.map(targetOf), ...failures].some((target) => pointsAt(target, queue));
}

const FAILING = [
  { type: "aws_cloudwatch_event_target", path: "dead_letter_config.arn" },
  { type: "aws_scheduler_schedule", path: "target.dead_letter_config.arn" },
] as const;

function targetOf(policy: HclValue): HclValue {
  const document = documentOf(policy);
  return isMapping(document) ? (document.deadLetterTargetArn ?? null) : document;
}
