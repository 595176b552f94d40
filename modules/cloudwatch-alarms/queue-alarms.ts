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
 * A queue, under a name for its alarms: too many messages, one that waits too long, and any dead letter at all. SQS tells
 * nothing of a queue that nobody has used for six hours, so silence is no alarm. Dead letters are counted where they
 * lie: what a redrive puts there is not counted as sent.
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
