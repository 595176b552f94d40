import type { Value } from "../../lib";
import { type Alarm, type AlarmSet, LASTING } from "./alarm";

const GIB = 1024 ** 3;

interface BasicThresholds {
  readonly cpuPercent: number;
  readonly freeStorageGiB: number;
}

/** A database instance: CPU for a quarter of an hour, storage about to end. */
export function databaseAlarms(identifier: Value<string>, thresholds: BasicThresholds): Record<string, Alarm> {
  const { cpu, freeStorage } = basics(identifier, thresholds);
  return {
    "database-cpu": { ...cpu, description: `The database works at more than ${thresholds.cpuPercent} % of its CPU` },
    "database-free-storage": {
      ...freeStorage,
      description: `The database has less than ${thresholds.freeStorageGiB} GiB of storage left`,
    },
  };
}

function basics(identifier: Value<string>, thresholds: BasicThresholds) {
  const metric = { namespace: "AWS/RDS", dimensions: { DBInstanceIdentifier: identifier } };
  return {
    cpu: {
      ...metric,
      metricName: "CPUUtilization",
      statistic: "Average",
      comparison: "GreaterThanThreshold",
      threshold: thresholds.cpuPercent,
      ...LASTING,
      treatMissingData: "breaching",
    },
    freeStorage: {
      ...metric,
      metricName: "FreeStorageSpace",
      statistic: "Minimum",
      comparison: "LessThanThreshold",
      threshold: thresholds.freeStorageGiB * GIB,
      treatMissingData: "breaching",
    },
  } as const;
}

export interface PostgresThresholds extends BasicThresholds {
  /** Of `max_connections`, which follows from the memory of the instance class: 80 % is a good place to wake up. */
  readonly connections: number;
  readonly readLatencyMilliseconds: number;
  readonly writeLatencyMilliseconds: number;
}

/**
 * A PostgreSQL instance and those who work with it. That it is silent altogether is told by CPU and storage; the others
 * do not say so again.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html
 */
export function postgresAlarms(identifier: Value<string>, thresholds: PostgresThresholds): AlarmSet {
  const { cpu, freeStorage } = basics(identifier, thresholds);
  const above = (metricName: string, threshold: number, description: string, runbook: string): Alarm => ({
    description,
    runbook,
    namespace: "AWS/RDS",
    dimensions: { DBInstanceIdentifier: identifier },
    metricName,
    statistic: "Average",
    comparison: "GreaterThanThreshold",
    threshold,
    ...LASTING,
    treatMissingData: "notBreaching",
  });
  return {
    alarms: {
      "database-cpu": {
        ...cpu,
        description: "The database is short of CPU, or silent",
        runbook:
          "Look first at Performance Insights: which statement takes most of the time, and since which deployment.",
      },
      "database-free-storage": {
        ...freeStorage,
        description: "The database is about to run out of storage, or silent",
        runbook:
          "Look first at replication slots and long transactions, which keep old rows and logs; then raise the storage.",
      },
      "database-connections": above(
        "DatabaseConnections",
        thresholds.connections,
        "The database has nearly as many connections as it can take",
        "Look first at pg_stat_activity for connections that are idle in a transaction, then at the pools times the tasks.",
      ),
      "database-read-latency": above(
        "ReadLatency",
        thresholds.readLatencyMilliseconds / 1000,
        "The database waits too long for reads from its storage",
        "Look first at statements that read whole tables, then at the IOPS and burst balance of the storage.",
      ),
      "database-write-latency": above(
        "WriteLatency",
        thresholds.writeLatencyMilliseconds / 1000,
        "The database waits too long for writes to its storage",
        "Look first at bulk writes and running vacuums, then at the IOPS and burst balance of the storage.",
      ),
    },
  };
}
