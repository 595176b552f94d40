import type { Value } from "../../lib";
import { type Alarm, type AlarmSet, LASTING } from "./alarm";

export interface Queue {
  readonly queueName: Value<string>;
  readonly deadLetterQueueName: Value<string>;
}

export interface QueueThresholds {
  readonly waitingMessages: number;
  readonly oldestMessageSeconds: number;
}

/**
 * Alarms of a queue: too many messages, an old message, and any dead letter. SQS sends no metrics of a queue that was not
 * used for six hours, so that missing data raises no alarm. Dead letters are counted in their queue, because the metric of
 * sent messages does not include them.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 */
export function queueAlarms(
  name: string,
  { queueName, deadLetterQueueName }: Queue,
  { waitingMessages, oldestMessageSeconds }: QueueThresholds,
): AlarmSet {
  const above = (queue: Value<string>, metricName: string, threshold: number): Omit<Alarm, "description"> => ({
    namespace: "AWS/SQS",
    dimensions: { QueueName: queue },
    metricName,
    statistic: "Maximum",
    comparison: "GreaterThanThreshold",
    threshold,
    treatMissingData: "notBreaching",
  });
  return {
    alarms: {
      [`${name}-waiting-messages`]: {
        ...above(queueName, "ApproximateNumberOfMessagesVisible", waitingMessages),
        ...LASTING,
        description: `More messages wait in ${name} than its workers keep up with`,
        runbook:
          "Look first at the workers' number of tasks and their log: at the maximum, raise it; with errors, mend them.",
      },
      [`${name}-oldest-message`]: {
        ...above(queueName, "ApproximateAgeOfOldestMessage", oldestMessageSeconds),
        ...LASTING,
        description: `A message has been waiting in ${name} for too long`,
        runbook:
          "Look first at whether workers run and delete what they have handled, then at what the oldest message is.",
      },
      [`${name}-dead-letters`]: {
        ...above(deadLetterQueueName, "ApproximateNumberOfMessagesVisible", 0),
        description: `A message of ${name} could not be handled`,
        runbook:
          "Look first at the message and at the workers' log of its tries; mend the cause, then start a redrive.",
      },
    },
  };
}
