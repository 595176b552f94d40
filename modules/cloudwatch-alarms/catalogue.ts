/** Alarms that a resource of a kind should have, as plain data for the `alarms` input. */
import type { Value } from "../../lib";

export interface Alarm {
  readonly description: string;
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, Value<string>>>;
  readonly statistic: string;
  readonly comparison: "GreaterThanThreshold" | "LessThanThreshold";
  readonly threshold: number;
  readonly periodSeconds?: 60 | 300 | 900;
  readonly evaluationPeriods?: number;
  readonly datapointsToAlarm?: number;
  readonly treatMissingData: "breaching" | "notBreaching" | "ignore" | "missing";
}

const GIB = 1024 ** 3;

/** A load balancer and its targets: errors of either, and targets that do not answer their health check. */
export function loadBalancerAlarms(
  loadBalancer: Value<string>,
  targetGroups: Readonly<Record<string, Value<string>>>,
  thresholds: { readonly errorsPer5Minutes: number },
): Record<string, Alarm> {
  const errors = (metricName: string, description: string): Alarm => ({
    description,
    namespace: "AWS/ApplicationELB",
    metricName,
    dimensions: { LoadBalancer: loadBalancer },
    statistic: "Sum",
    comparison: "GreaterThanThreshold",
    threshold: thresholds.errorsPer5Minutes,
    treatMissingData: "notBreaching",
  });
  const unhealthy = Object.entries(targetGroups).map(([name, targetGroup]): [string, Alarm] => [
    `${name}-unhealthy-targets`,
    {
      description: `A task of ${name} does not answer its health check`,
      namespace: "AWS/ApplicationELB",
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
  return {
    "load-balancer-5xx": errors(
      "HTTPCode_ELB_5XX_Count",
      "The load balancer itself answers with 5xx: no healthy target, or none in time",
    ),
    "targets-5xx": errors("HTTPCode_Target_5XX_Count", "The application answers with 5xx"),
    ...Object.fromEntries(unhealthy),
  };
}

/** A database instance: CPU for a quarter of an hour, storage about to end. */
export function databaseAlarms(
  identifier: Value<string>,
  thresholds: { readonly cpuPercent: number; readonly freeStorageGiB: number },
): Record<string, Alarm> {
  const metric = { namespace: "AWS/RDS", dimensions: { DBInstanceIdentifier: identifier } };
  return {
    "database-cpu": {
      ...metric,
      description: `The database works at more than ${thresholds.cpuPercent} % of its CPU`,
      metricName: "CPUUtilization",
      statistic: "Average",
      comparison: "GreaterThanThreshold",
      threshold: thresholds.cpuPercent,
      evaluationPeriods: 3,
      datapointsToAlarm: 3,
      treatMissingData: "breaching",
    },
    "database-free-storage": {
      ...metric,
      description: `The database has less than ${thresholds.freeStorageGiB} GiB of storage left`,
      metricName: "FreeStorageSpace",
      statistic: "Minimum",
      comparison: "LessThanThreshold",
      threshold: thresholds.freeStorageGiB * GIB,
      treatMissingData: "breaching",
    },
  };
}

/**
 * The share of e-mails of the account and region that bounce, from 0 to 1. SES puts an account under review at 5 %.
 * @see https://docs.aws.amazon.com/ses/latest/dg/reputationdashboardmessages.html
 */
export function emailAlarms(thresholds: { readonly bounceRate: number }): Record<string, Alarm> {
  return {
    "email-bounce-rate": {
      description: `More than ${Math.round(thresholds.bounceRate * 1000) / 10} % of the e-mails bounce`,
      namespace: "AWS/SES",
      metricName: "Reputation.BounceRate",
      dimensions: {},
      statistic: "Maximum",
      comparison: "GreaterThanThreshold",
      threshold: thresholds.bounceRate,
      periodSeconds: 900,
      treatMissingData: "ignore",
    },
  };
}
