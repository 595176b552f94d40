/** Alarms of a web service, with equal names and meanings on App Runner and on Fargate. */
import type { Value } from "../../lib";
import { type Alarm, type AlarmSet, LASTING, type RateAlarm } from "./alarm";

export interface WebServiceThresholds {
  readonly serverErrorPercent: number;
  /** App Runner's own answer 429, if all instances are busy, is among the client errors. */
  readonly clientErrorPercent: number;
  /** Minimum of requests in five minutes for alarms on rates. */
  readonly minimumRequests: number;
  /** 95th percentile. */
  readonly latencyMilliseconds: number;
  readonly cpuPercent: number;
  readonly memoryPercent: number;
}

/** One metric of a service, as CloudWatch identifies it. */
export interface Metric {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, Value<string>>>;
}

/** The metrics of a service by meaning. */
export interface WebServiceMetrics {
  readonly requests: Metric;
  readonly serverErrors: Metric;
  readonly clientErrors: Metric;
  readonly latency: Metric;
  readonly cpu: Metric;
  readonly memory: Metric;
  readonly instances: Metric;
}

/** @see https://docs.aws.amazon.com/apprunner/latest/dg/monitor-cw.html */
export function appRunnerMetrics(dimensions: Metric["dimensions"]): WebServiceMetrics {
  const metric = (metricName: string): Metric => ({ namespace: "AWS/AppRunner", metricName, dimensions });
  return {
    requests: metric("Requests"),
    serverErrors: metric("5xxStatusResponses"),
    clientErrors: metric("4xxStatusResponses"),
    latency: metric("RequestLatency"),
    cpu: metric("CPUUtilization"),
    memory: metric("MemoryUtilization"),
    instances: metric("ActiveInstances"),
  };
}

/**
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html
 */
export function containerServiceMetrics(
  requests: Metric["dimensions"],
  instances: Metric["dimensions"],
): WebServiceMetrics {
  const onRequests = (metricName: string): Metric => ({
    namespace: "AWS/ApplicationELB",
    metricName,
    dimensions: requests,
  });
  const onInstances = (namespace: string, metricName: string): Metric => ({
    namespace,
    metricName,
    dimensions: instances,
  });
  return {
    requests: onRequests("RequestCount"),
    serverErrors: onRequests("HTTPCode_Target_5XX_Count"),
    clientErrors: onRequests("HTTPCode_Target_4XX_Count"),
    latency: onRequests("TargetResponseTime"),
    cpu: onInstances("AWS/ECS", "CPUUtilization"),
    memory: onInstances("AWS/ECS", "MemoryUtilization"),
    instances: onInstances("ECS/ContainerInsights", "RunningTaskCount"),
  };
}

export interface WebService {
  /** First part of the names of the alarms. */
  readonly name: string;
  readonly metrics: WebServiceMetrics;
  readonly latencyUnit: "milliseconds" | "seconds";
  readonly maxInstances: number;
}

export function webServiceAlarms(service: WebService, thresholds: WebServiceThresholds): AlarmSet {
  const { name, metrics, latencyUnit, maxInstances } = service;
  const above = (metric: Metric, threshold: number): Omit<Alarm, "description"> => ({
    ...metric,
    statistic: "Average",
    comparison: "GreaterThanThreshold",
    threshold,
    ...LASTING,
    treatMissingData: "notBreaching",
  });
  const rate = (part: Metric, thresholdPercent: number): Omit<RateAlarm, "description"> => ({
    namespace: part.namespace,
    dimensions: part.dimensions,
    partMetricName: part.metricName,
    totalMetricName: metrics.requests.metricName,
    minimumTotal: thresholds.minimumRequests,
    comparison: "GreaterThanThreshold",
    thresholdPercent,
    treatMissingData: "notBreaching",
  });
  return {
    alarms: {
      [`${name}-latency`]: {
        ...above(metrics.latency, thresholds.latencyMilliseconds / (latencyUnit === "seconds" ? 1000 : 1)),
        description: "One request in twenty is answered too slowly",
        runbook: "Look first at the traces of slow requests, then at the database's load and at the last deployment.",
        statistic: "p95",
      },
      [`${name}-cpu`]: {
        ...above(metrics.cpu, thresholds.cpuPercent),
        description: `${name} is short of CPU`,
        runbook: "Look first at the number of instances: at the maximum, raise it; below, look at slow requests.",
      },
      [`${name}-memory`]: {
        ...above(metrics.memory, thresholds.memoryPercent),
        description: `${name} is short of memory; an instance that runs out of it is replaced`,
        runbook: "Look first at whether it grows since the last deployment, which is a leak, or with the load.",
      },
      [`${name}-instances-at-maximum`]: {
        ...above(metrics.instances, maxInstances - 1),
        description: `${name} has run at its maximum number of instances for 15 minutes`,
        runbook: "Look first at the number of requests: raise the maximum, or block the client that sends them.",
        statistic: "Minimum",
      },
    },
    rateAlarms: {
      [`${name}-5xx-rate`]: {
        ...rate(metrics.serverErrors, thresholds.serverErrorPercent),
        description: `${name} answers too many requests with 5xx`,
        runbook: "Look first at the log for errors, then at the last deployment and at the database.",
      },
      [`${name}-4xx-rate`]: {
        ...rate(metrics.clientErrors, thresholds.clientErrorPercent),
        ...LASTING,
        description: `${name} refuses too many requests with 4xx; 429 means that all instances are busy`,
        runbook:
          "Look first at the number of instances: at the maximum, requests are throttled. Then look at which clients get 401, 403 or 404.",
      },
    },
  };
}

/**
 * The schedules that set retention and key of the logs of a service of App Runner run once an hour.
 * @param scheduleGroup group of the schedules
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/monitoring-cloudwatch.html
 */
export function logSettingAlarms(name: string, scheduleGroup: Value<string>): Record<string, Alarm> {
  return {
    [`${name}-log-settings`]: {
      description: `The retention and the key of the logs of ${name} could not be set three times in a row`,
      runbook: "Look first at the role of the schedules, then at whether the log groups exist.",
      namespace: "AWS/Scheduler",
      metricName: "TargetErrorCount",
      dimensions: { ScheduleGroup: scheduleGroup },
      statistic: "Sum",
      comparison: "GreaterThanThreshold",
      threshold: 0,
      periodSeconds: 900,
      evaluationPeriods: 12,
      datapointsToAlarm: 3,
      treatMissingData: "notBreaching",
    },
  };
}
