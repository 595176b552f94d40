import type { Value } from "../../lib";
import type { Alarm, AlarmSet } from "./alarm";

/**
 * Alarms of a managed node group of EKS, whose Auto Scaling group sends metrics each minute. They need no agent on a node, so
 * that they hold when nothing runs in the cluster. A quarter of an hour is longer than a scale-out and the replacement of a node.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/enable-asg-metrics.html
 */
export function nodeAlarms(autoscalingGroupName: Value<string>, { minNodes }: { readonly minNodes: number }): AlarmSet {
  const dimensions = { AutoScalingGroupName: autoscalingGroupName };
  const inService = {
    namespace: "AWS/AutoScaling",
    dimensions,
    comparison: "LessThanThreshold",
    periodSeconds: 300,
    evaluationPeriods: 3,
    datapointsToAlarm: 3,
    treatMissingData: "breaching",
  } as const;
  const minimum: Alarm = {
    ...inService,
    description: "Fewer nodes than the minimum are in service, or their group is silent",
    runbook: "Look first at the activities of the Auto Scaling group, then at the health issues of the node group.",
    metricName: "GroupInServiceInstances",
    statistic: "Maximum",
    threshold: minNodes,
  };
  return {
    alarms: {
      "nodes-below-minimum": minimum,
      "nodes-status-checks": {
        description: "A node fails the status checks of EC2",
        runbook: "Look first at the instance's status checks: a failed system check is AWS's, others are the node's.",
        namespace: "AWS/EC2",
        dimensions,
        metricName: "StatusCheckFailed",
        statistic: "Maximum",
        comparison: "GreaterThanThreshold",
        threshold: 0,
        periodSeconds: 60,
        evaluationPeriods: 5,
        datapointsToAlarm: 5,
        treatMissingData: "notBreaching",
      },
    },
    rateAlarms: {
      "nodes-missing": {
        ...inService,
        description: "Fewer nodes are in service than the autoscaler wants",
        runbook: "Look first at the activities of the Auto Scaling group: a quota, no capacity in a zone, or the AMI.",
        partMetricName: "GroupInServiceInstances",
        totalMetricName: "GroupDesiredCapacity",
        statistic: "Average",
        thresholdPercent: 100,
      },
    },
  };
}
