import type { Value } from "../../lib";
import { type Alarm, type AlarmSet, LASTING, type RateAlarm } from "./alarm";

type Suffixes = Readonly<Record<string, Value<string>>>;

const NAMESPACE = "AWS/ApplicationELB";

/** Alarms of a load balancer and its targets: errors of both, and failed health checks. */
export function loadBalancerAlarms(
  loadBalancer: Value<string>,
  targetGroups: Suffixes,
  thresholds: { readonly errorsPer5Minutes: number },
): Record<string, Alarm> {
  const errors = (metricName: string, description: string): Alarm => ({
    description,
    namespace: NAMESPACE,
    metricName,
    dimensions: { LoadBalancer: loadBalancer },
    statistic: "Sum",
    comparison: "GreaterThanThreshold",
    threshold: thresholds.errorsPer5Minutes,
    treatMissingData: "notBreaching",
  });
  return {
    "load-balancer-5xx": errors(
      "HTTPCode_ELB_5XX_Count",
      "The load balancer itself answers with 5xx: no healthy target, or none in time",
    ),
    "targets-5xx": errors("HTTPCode_Target_5XX_Count", "The application answers with 5xx"),
    ...unhealthyTargets(loadBalancer, targetGroups),
  };
}

export interface TrafficThresholds {
  /** 95th percentile of the response time. */
  readonly latencyMilliseconds: number;
  readonly clientErrorPercent: number;
  readonly serverErrorPercent: number;
  /** Minimum of the total in five minutes for alarms on rates. */
  readonly minimumRequests: number;
  /** Permitted deviation of the number of requests, in standard deviations. */
  readonly requestBandWidth: number;
}

/**
 * Alarms on traffic, latency and errors of a load balancer. Rates instead of counts, so that the same thresholds are valid
 * by day and by night. Errors of the load balancer and of the application have separate alarms.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
export function trafficAlarms(
  loadBalancer: Value<string>,
  targetGroups: Suffixes,
  thresholds: TrafficThresholds,
): AlarmSet {
  const onLoadBalancer = { namespace: NAMESPACE, dimensions: { LoadBalancer: loadBalancer } };
  return {
    alarms: {
      latency: {
        ...onLoadBalancer,
        description: "One request in twenty is answered too slowly",
        runbook:
          "Look first at the database's CPU and latency, then at the CPU of the services and at the last deployment.",
        metricName: "TargetResponseTime",
        statistic: "p95",
        comparison: "GreaterThanThreshold",
        threshold: thresholds.latencyMilliseconds / 1000,
        ...LASTING,
        treatMissingData: "notBreaching",
      },
      ...Object.fromEntries(
        Object.entries(unhealthyTargets(loadBalancer, targetGroups)).map(([name, alarm]) => [
          name,
          { ...alarm, runbook: "Look first at the service's events and at the last lines of its log." },
        ]),
      ),
    },
    rateAlarms: Object.fromEntries(
      RATES.map(({ name, percent, ...rate }): [string, RateAlarm] => [
        name,
        {
          ...onLoadBalancer,
          ...rate,
          totalMetricName: "RequestCount",
          minimumTotal: thresholds.minimumRequests,
          comparison: "GreaterThanThreshold",
          thresholdPercent: thresholds[percent],
          treatMissingData: "notBreaching",
        },
      ]),
    ),
    anomalyAlarms: {
      /** Missing data cannot be compared: an alarm that started when the requests fell stays active. */
      "unusual-requests": {
        ...onLoadBalancer,
        description: "Far more or far fewer requests than is usual at this time of the week",
        runbook:
          "Look first at the access logs: which clients and paths came or went. Few may mean that DNS or a client is broken.",
        metricName: "RequestCount",
        statistic: "Sum",
        comparison: "LessThanLowerOrGreaterThanUpperThreshold",
        bandWidth: thresholds.requestBandWidth,
        ...LASTING,
        treatMissingData: "ignore",
      },
    },
  };
}

/**
 * `RequestCount` counts only requests with a chosen target. Requests that the load balancer refuses are added, so that an
 * outage of all targets is 100 %. Its own 502 and 504 are in both terms, and count half at most.
 */
const RATES = [
  {
    name: "targets-5xx-rate",
    percent: "serverErrorPercent",
    description: "The application answers too many requests with 5xx",
    runbook: "Look first at the log of the service for errors, then at the last deployment and at the database.",
    partMetricName: "HTTPCode_Target_5XX_Count",
    partIs: "within-total",
  },
  {
    name: "load-balancer-5xx-rate",
    percent: "serverErrorPercent",
    description: "The load balancer itself answers too many requests with 5xx: no healthy target, or none in time",
    runbook:
      "Look first at the healthy targets: 503 means none, 502 a connection that the target closed, 504 no answer in time.",
    partMetricName: "HTTPCode_ELB_5XX_Count",
    partIs: "beside-total",
  },
  {
    name: "targets-4xx-rate",
    percent: "clientErrorPercent",
    description: "The application refuses too many requests with 4xx",
    runbook:
      "Look first at the access logs: one client with 401 or 403 is an attack or a lapsed login, all with 404 a bad release.",
    partMetricName: "HTTPCode_Target_4XX_Count",
    partIs: "within-total",
    ...LASTING,
  },
  {
    name: "load-balancer-4xx-rate",
    percent: "clientErrorPercent",
    description:
      "The load balancer itself refuses too many requests with 4xx: malformed, too large, or given up by the client",
    runbook:
      "Look first at the access logs: 460 means clients that wait less than the application takes, 400 a scanner.",
    partMetricName: "HTTPCode_ELB_4XX_Count",
    partIs: "beside-total",
    ...LASTING,
  },
] as const;

function unhealthyTargets(loadBalancer: Value<string>, targetGroups: Suffixes): Record<string, Alarm> {
  const alarms = Object.entries(targetGroups).map(([name, targetGroup]): [string, Alarm] => [
    `${name}-unhealthy-targets`,
    {
      description: `A target of ${name} does not answer its health check`,
      namespace: NAMESPACE,
      metricName: "UnHealthyHostCount",
      dimensions: { LoadBalancer: loadBalancer, TargetGroup: targetGroup },
      statistic: "Maximum",
      comparison: "GreaterThanThreshold",
      threshold: 0,
      periodSeconds: 60,
      evaluationPeriods: 5,
      datapointsToAlarm: 5,
      treatMissingData: "notBreaching",
    },
  ]);
  return Object.fromEntries(alarms);
}

/**
 * An alarm for each target group without a healthy target, also while no client sends a request. A group without any target
 * sends no metric, so that missing data raises the alarm.
 */
export function healthyTargetAlarms(loadBalancer: Value<string>, targetGroups: Suffixes): AlarmSet {
  const alarms = Object.entries(targetGroups).map(([name, targetGroup]): [string, Alarm] => [
    `${name}-no-healthy-target`,
    {
      description: `${name} has no healthy target: every request fails`,
      runbook:
        "Look first at whether its targets run and are registered, then at the last deployment and at the nodes.",
      namespace: NAMESPACE,
      metricName: "HealthyHostCount",
      dimensions: { LoadBalancer: loadBalancer, TargetGroup: targetGroup },
      statistic: "Maximum",
      comparison: "LessThanThreshold",
      threshold: 1,
      periodSeconds: 60,
      evaluationPeriods: 3,
      datapointsToAlarm: 3,
      treatMissingData: "breaching",
    },
  ]);
  return { alarms: Object.fromEntries(alarms) };
}
