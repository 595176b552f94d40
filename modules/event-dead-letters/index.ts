import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { z } from "zod";
import {
  ACCOUNT_ID,
  arnOf,
  defineModule,
  partition,
  policyDocument,
  REGION,
  readyAfter,
  resource,
  resourceName,
} from "../../lib";

export const EventDeadLetters = defineModule({
  name: "event-dead-letters",
  description:
    "The dead-letter queue of EventBridge in an account: events that no retry could deliver, and calls of schedules. Messages are encrypted and kept for 14 days. An alarm reports the first one.",
  inputs: {
    name: resourceName(60).describe("Name of the queue is `<name>-dead-letters`."),
    accountId: ACCOUNT_ID.describe("Account whose rules may send."),
    region: REGION.describe("Region of the rules."),
    kmsKeyArn: arnOf("kms").describe(
      "Key that encrypts the messages. Its policy has to allow EventBridge to write to queues: the service `events-queues` of the module `kms`.",
    ),
    alertTopicArn: arnOf("sns").describe(
      "Topic that receives the alarm. Its policy has to allow `cloudwatch.amazonaws.com`.",
    ),
  },
  outputs: {
    arn: z.string().describe("ARN of the queue, available after EventBridge may send."),
  },
  example: {
    name: "account-events",
    accountId: "111122223333",
    region: "eu-central-1",
    kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    alertTopicArn: "arn:aws:sns:eu-central-1:111122223333:account-alerts",
  },
  build(scope, input) {
    const queue = resource(scope, SqsQueue, "this", {
      name: `${input.name}-dead-letters`,
      kmsMasterKeyId: input.kmsKeyArn,
      messageRetentionSeconds: LONGEST_RETENTION_SECONDS,
      lifecycle: { preventDestroy: true },
    });
    /** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html */
    const policy = resource(scope, SqsQueuePolicy, "this", {
      queueUrl: queue.url,
      policy: policyDocument(scope, "policy", [
        {
          Sid: "SendByRules",
          Effect: "Allow",
          Principal: { Service: "events.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: queue.arn,
          Condition: {
            ArnLike: {
              "aws:SourceArn": `arn:${partition(scope)}:events:${input.region}:${input.accountId}:rule/*`,
            },
          },
        },
        {
          Sid: "DenyPlainHttp",
          Effect: "Deny",
          Principal: "*",
          Action: "sqs:*",
          Resource: queue.arn,
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ]),
    });
    resource(scope, CloudwatchMetricAlarm, "this", {
      alarmName: queue.name,
      alarmDescription: `EventBridge could not deliver an event or make a scheduled call. The message in ${queue.name} has the error as an attribute. Delete the message after the cause is gone.`,
      namespace: "AWS/SQS",
      metricName: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: queue.name },
      statistic: "Maximum",
      period: 300,
      evaluationPeriods: 1,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      treatMissingData: "notBreaching",
      alarmActions: [input.alertTopicArn],
      okActions: [input.alertTopicArn],
    });
    return { arn: readyAfter(queue.arn, policy) };
  },
});

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-quotas.html */
const LONGEST_RETENTION_SECONDS = 14 * 86_400;
