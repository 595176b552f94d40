/** Scaling by the messages of a queue: the target for each task, and the metric. */
import { badArgument, type Expression } from "../../lib";

export interface Work {
  /** Maximum time for waiting and processing of a message that scaling should allow. */
  readonly acceptableDelaySeconds: number;
  /** Mean time that one task needs for one message; a tenth of it for a task that processes ten at a time. */
  readonly secondsPerMessage: number;
}

/**
 * Number of messages that one task processes within the acceptable delay. Both times are whole milliseconds.
 * @throws where a task could not even handle one message within the delay: no number of tasks would help.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-using-sqs-queue.html
 */
export function messagesPerTask({ acceptableDelaySeconds, secondsPerMessage }: Work): number {
  const [delay, message] = [acceptableDelaySeconds, secondsPerMessage].map((seconds) => Math.round(seconds * 1000));
  if (delay === undefined || message === undefined || !(message >= 1 && delay >= message && Number.isFinite(delay))) {
    throw badArgument(
      `acceptableDelaySeconds: got ${acceptableDelaySeconds}, secondsPerMessage: got ${secondsPerMessage}; ` +
        "allowed: a delay that is not below the time for one message, and a time of 0.001 seconds or more",
    );
  }
  return Math.floor(delay / message);
}

/**
 * Waiting messages and messages in progress, for each running task. Without those in progress, tasks would be stopped
 * during the last messages. Without a running task, the backlog counts as that of one task. A gap of the metric is not
 * filled with zero, because the newest minute, which arrives late, would look like an empty queue and delay every
 * scale-out.
 * @see https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-target-tracking-metric-math.html
 */
export function backlogPerTask(
  queueName: Expression<string>,
  clusterName: Expression<string>,
  serviceName: Expression<string>,
) {
  const inQueue = (id: string, label: string, metricName: string) =>
    metric(id, label, "AWS/SQS", metricName, [{ name: "QueueName", value: queueName }]);
  return [
    inQueue("waiting", "Messages that wait", "ApproximateNumberOfMessagesVisible"),
    inQueue("taken", "Messages that are worked on", "ApproximateNumberOfMessagesNotVisible"),
    metric("running", "Tasks that run", "ECS/ContainerInsights", "RunningTaskCount", [
      { name: "ClusterName", value: clusterName },
      { name: "ServiceName", value: serviceName },
    ]),
    {
      id: "backlog",
      label: "Messages a task",
      expression: "(waiting + taken) / IF(running > 0, running, 1)",
      returnData: true,
    },
  ];
}

interface Dimension {
  readonly name: string;
  readonly value: Expression<string>;
}

function metric(id: string, label: string, namespace: string, metricName: string, dimensions: readonly Dimension[]) {
  return {
    id,
    label,
    returnData: false,
    metricStat: { stat: "Average", metric: { namespace, metricName, dimensions } },
  };
}
