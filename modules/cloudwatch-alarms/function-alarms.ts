import type { Value } from "../../lib";
import type { AlarmSet } from "./alarm";

const NAMESPACE = "AWS/Lambda";

export interface FunctionThresholds {
  /** 95th percentile of the duration that the program itself reports. */
  readonly durationMilliseconds: number;
  readonly reservedConcurrency: number;
}

/**
 * Alarms of a function: its duration, requests that it refuses, and the concurrency that it reserves and that is about to be in use.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export function functionAlarms(
  name: string,
  {
    functionName,
    duration,
  }: {
    readonly functionName: Value<string>;
    /** Metric of the duration, in milliseconds and without dimensions. */
    readonly duration: { readonly namespace: Value<string>; readonly name: Value<string> };
  },
  { durationMilliseconds, reservedConcurrency }: FunctionThresholds,
): AlarmSet {
  const onFunction = { namespace: NAMESPACE, dimensions: { FunctionName: functionName } };
  return {
    alarms: {
      [`${name}-duration`]: {
        severity: "Warning",
        description: `One execution of ${name} in twenty takes more than ${durationMilliseconds} ms`,
        runbook: "Look first at the last version of the function, then at the memory, of which its CPU is a share.",
        namespace: duration.namespace,
        dimensions: {},
        metricName: duration.name,
        statistic: "p95",
        comparison: "GreaterThanThreshold",
        threshold: durationMilliseconds,
        treatMissingData: "notBreaching",
      },
      [`${name}-throttles`]: {
        ...onFunction,
        severity: "High",
        description: `${name} refuses requests, because its concurrency is in use`,
        runbook: "Look first at its duration, then at who sends that many requests.",
        metricName: "Throttles",
        statistic: "Sum",
        comparison: "GreaterThanThreshold",
        threshold: 0,
        treatMissingData: "notBreaching",
      },
      [`${name}-concurrency`]: {
        ...onFunction,
        severity: "Warning",
        description: `More than four fifths of the concurrency of ${name} are in use`,
        runbook: "Look first at its duration: a slow function needs more concurrency for the same requests.",
        metricName: "ConcurrentExecutions",
        statistic: "Maximum",
        comparison: "GreaterThanThreshold",
        threshold: Math.floor(0.8 * reservedConcurrency),
        treatMissingData: "notBreaching",
      },
    },
  };
}

/** The alarm of an alias of a function: the part of its executions that ends with an error. */
export function aliasAlarms(
  name: string,
  { functionName, alias }: { readonly functionName: string; readonly alias: string },
  { errorPercent, minimumExecutions }: { readonly errorPercent: number; readonly minimumExecutions: number },
): AlarmSet {
  return {
    rateAlarms: {
      [`${name}-errors`]: {
        description: `More than ${errorPercent} % of the executions of ${name} end with an error`,
        runbook: "Look first at the log of the function, then at the version of the alias.",
        namespace: NAMESPACE,
        dimensions: { FunctionName: functionName, Resource: `${functionName}:${alias}` },
        partMetricName: "Errors",
        totalMetricName: "Invocations",
        minimumTotal: minimumExecutions,
        comparison: "GreaterThanThreshold",
        thresholdPercent: errorPercent,
        treatMissingData: "notBreaching",
      },
    },
  };
}
