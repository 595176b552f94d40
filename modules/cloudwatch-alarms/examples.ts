/** One alarm of each kind, for the example of the module and the counterexamples of its rules. */
import type { AlarmInput, AnomalyAlarmInput, MemberAlarmInput, RateAlarmInput } from "./inputs";

const EVALUATION = { severity: "Warning", periodSeconds: 300, evaluationPeriods: 3, datapointsToAlarm: 3 } as const;

export function cpuOf(database: string): AlarmInput {
  return {
    description: "The database works at more than 70 % of its CPU",
    runbook: "Look first at the statements that take most of the time",
    namespace: "AWS/RDS",
    metricName: "CPUUtilization",
    dimensions: { DBInstanceIdentifier: database },
    statistic: "Average",
    comparison: "GreaterThanThreshold",
    threshold: 70,
    ...EVALUATION,
    treatMissingData: "breaching",
  };
}

export function errorRateOf(loadBalancer: string): RateAlarmInput {
  return {
    description: "More than 1 % of the requests are answered with 5xx",
    runbook: "Look first at the log of the service",
    namespace: "AWS/ApplicationELB",
    dimensions: { LoadBalancer: loadBalancer },
    partMetricName: "HTTPCode_Target_5XX_Count",
    totalMetricName: "RequestCount",
    partIs: "within-total",
    minimumTotal: 100,
    statistic: "Sum",
    comparison: "GreaterThanThreshold",
    thresholdPercent: 1,
    ...EVALUATION,
    treatMissingData: "notBreaching",
  };
}

export function requestsOf(loadBalancer: string): AnomalyAlarmInput {
  return {
    description: "Far more or far fewer requests than usual",
    runbook: "Look first at where they come from",
    namespace: "AWS/ApplicationELB",
    metricName: "RequestCount",
    dimensions: { LoadBalancer: loadBalancer },
    statistic: "Sum",
    comparison: "LessThanLowerOrGreaterThanUpperThreshold",
    bandWidth: 3,
    ...EVALUATION,
    treatMissingData: "ignore",
  };
}

export const connectionsOfEach: MemberAlarmInput = {
  description: "An instance has more than 400 connections",
  runbook: "Look first at the connections that are idle in a transaction",
  namespace: "AWS/RDS",
  metricName: "DatabaseConnections",
  memberDimension: "DBInstanceIdentifier",
  statistic: "Average",
  comparison: "GreaterThanThreshold",
  threshold: 400,
  ...EVALUATION,
  treatMissingData: "notBreaching",
};
