import type { Value } from "../../lib";
import { type Alarm, type AlarmSet, LASTING, together } from "./alarm";

/** Above the targets of autoscaling: the alarms start if scaling has reached its maximum or is too slow. */
export interface ServiceThresholds {
  readonly cpuPercent: number;
  readonly memoryPercent: number;
  /** Disabled services, by their names in the alarms: no task should run. */
  readonly off?: readonly string[];
}

/** Alarms of the services of an ECS cluster, by name: CPU, memory and missing tasks. */
export function serviceAlarms(
  clusterName: Value<string>,
  services: Readonly<Record<string, Value<string>>>,
  thresholds: ServiceThresholds,
): AlarmSet {
  const sets = Object.entries(services).map(([name, serviceName]) =>
    alarmsOfOne(name, { ClusterName: clusterName, ServiceName: serviceName }, thresholds),
  );
  return together(...sets);
}

/**
 * The alarm on tasks, which Container Insights counts each minute, reports a missing service. Ten minutes in a row are
 * longer than a deployment or a scale-out.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html
 */
function alarmsOfOne(
  name: string,
  dimensions: Alarm["dimensions"],
  { cpuPercent, memoryPercent, off = [] }: ServiceThresholds,
): AlarmSet {
  const isOff = off.includes(name);
  const above = (metricName: string, threshold: number): Omit<Alarm, "description"> => ({
    namespace: "AWS/ECS",
    metricName,
    dimensions,
    statistic: "Average",
    comparison: "GreaterThanThreshold",
    threshold,
    ...LASTING,
    treatMissingData: "notBreaching",
  });
  return {
    alarms: {
      [`${name}-cpu`]: {
        ...above("CPUUtilization", cpuPercent),
        description: `${name} is short of CPU`,
        runbook: "Look first at its number of tasks: at the maximum, raise it; below, look at the scaling activities.",
      },
      [`${name}-memory`]: {
        ...above("MemoryUtilization", memoryPercent),
        description: `${name} is short of memory; a task that runs out of it is killed`,
        runbook: "Look first at whether it grows since the last deployment, which is a leak, or with the load.",
      },
    },
    rateAlarms: {
      [`${name}-tasks`]: {
        description: `Fewer tasks of ${name} run than should`,
        runbook: "Look first at the service's events, then at why its last tasks stopped.",
        namespace: "ECS/ContainerInsights",
        dimensions,
        partMetricName: "RunningTaskCount",
        totalMetricName: "DesiredTaskCount",
        statistic: "Average",
        comparison: "LessThanThreshold",
        thresholdPercent: isOff ? 0 : 100,
        periodSeconds: 60,
        evaluationPeriods: 10,
        datapointsToAlarm: 10,
        treatMissingData: isOff ? "notBreaching" : "breaching",
      },
    },
  };
}
