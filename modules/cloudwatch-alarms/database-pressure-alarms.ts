import type { Value } from "../../lib";
import { type Alarm, type AlarmSet, LASTING } from "./alarm";

const MIB = 1024 ** 2;

export interface PressureThresholds {
  /** Virtual CPUs of the instance class: with more active sessions, some wait. */
  readonly virtualCpus: number;
  readonly freeableMemoryMiB: number;
  /** Remaining percentage of the credits for bursts of the instance's disk operations and throughput. */
  readonly burstPercent: number;
}

/**
 * Alarms on the pressure that a PostgreSQL instance is under, beside those of `postgresAlarms`. The load is a metric of
 * Performance Insights. The credits are those of the instance's connection to its volumes, which instance classes have whose
 * bandwidth is a burst; a gp3 volume has none of its own.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.Cloudwatch.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ebs-optimized.html
 */
export function databasePressureAlarms(identifier: Value<string>, thresholds: PressureThresholds): AlarmSet {
  const metric = { namespace: "AWS/RDS", dimensions: { DBInstanceIdentifier: identifier }, ...LASTING } as const;
  const credits = (metricName: string, description: string): Alarm => ({
    ...metric,
    description,
    runbook: "Look first at what reads or writes that much, then at an instance class with more bandwidth.",
    metricName,
    statistic: "Minimum",
    comparison: "LessThanThreshold",
    threshold: thresholds.burstPercent,
    treatMissingData: "notBreaching",
  });
  return {
    alarms: {
      "database-load": {
        ...metric,
        description: "More sessions of the database are active than it has CPUs",
        runbook: "Look first at Performance Insights: what the sessions wait for, and in which statement.",
        metricName: "DBLoad",
        statistic: "Average",
        comparison: "GreaterThanThreshold",
        threshold: thresholds.virtualCpus,
        treatMissingData: "notBreaching",
      },
      "database-memory": {
        ...metric,
        description: "The database is short of memory",
        runbook:
          "Look first at the number of connections and at statements with large sorts, then at the instance class.",
        metricName: "FreeableMemory",
        statistic: "Minimum",
        comparison: "LessThanThreshold",
        threshold: thresholds.freeableMemoryMiB * MIB,
        treatMissingData: "notBreaching",
      },
      "database-disk-operations": credits(
        "EBSIOBalance%",
        "The database is about to run out of credits for disk operations",
      ),
      "database-disk-throughput": credits(
        "EBSByteBalance%",
        "The database is about to run out of credits for disk throughput",
      ),
    },
  };
}
