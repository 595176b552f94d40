import type { Value } from "../../lib";
import type { Alarm, AlarmSet, RateAlarm } from "./alarm";

interface Stage {
  /** The name of the API, and of its stage. */
  readonly apiName: Value<string>;
  readonly stageName: Value<string>;
  /** Operations whose latency is watched, by the name of their alarm: CloudWatch has no percentile of several operations. */
  readonly operations: Readonly<Record<string, { readonly method: string; readonly resource: string }>>;
}

export interface RestApiThresholds {
  /** Part of the requests in five minutes that is answered with 5xx. */
  readonly serverErrorPercent: { readonly warning: number; readonly critical: number };
  /** Minimum of the requests in five minutes for the percentages: fewer count as this many. */
  readonly minimumRequests: number;
  /** 95th percentile of five minutes. */
  readonly latencyMilliseconds: number;
  /** People who are paged, in words, for the description of the critical alarm. */
  readonly escalation: string;
}

/**
 * Alarms of a REST API, as its clients see it: errors of the integration and its timeouts are among those with 5xx.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
 */
export function restApiAlarms({ apiName, stageName, operations }: Stage, thresholds: RestApiThresholds): AlarmSet {
  const onStage = { namespace: "AWS/ApiGateway", dimensions: { ApiName: apiName, Stage: stageName } };
  const errors = (severity: "Warning" | "Critical", percent: number, description: string): RateAlarm => ({
    ...onStage,
    severity,
    description,
    runbook:
      "Look first at which colour gets the requests and at its last deployment, then at the log of the API: 504 is a timeout, 502 a closed connection.",
    partMetricName: "5XXError",
    totalMetricName: "Count",
    minimumTotal: thresholds.minimumRequests,
    comparison: "GreaterThanThreshold",
    thresholdPercent: percent,
    treatMissingData: "notBreaching",
  });
  const { warning, critical } = thresholds.serverErrorPercent;
  const latency = ({ method, resource }: { readonly method: string; readonly resource: string }): Alarm => ({
    namespace: onStage.namespace,
    dimensions: { ...onStage.dimensions, Method: method, Resource: resource },
    severity: "High",
    description: `One request ${method} ${resource} in twenty takes more than ${thresholds.latencyMilliseconds} ms`,
    runbook:
      "Compare Latency with IntegrationLatency first: without a difference it is the service. Then look at its CPU and at the database.",
    metricName: "Latency",
    statistic: "p95",
    comparison: "GreaterThanThreshold",
    threshold: thresholds.latencyMilliseconds,
    treatMissingData: "notBreaching",
  });
  return {
    alarms: Object.fromEntries(Object.entries(operations).map(([name, operation]) => [name, latency(operation)])),
    rateAlarms: {
      ElevatedErrorRate: errors("Warning", warning, `More than ${warning} % of the requests are answered with 5xx`),
      HighErrorRate: errors(
        "Critical",
        critical,
        `More than ${critical} % of the requests are answered with 5xx. ${thresholds.escalation}`,
      ),
    },
  };
}
