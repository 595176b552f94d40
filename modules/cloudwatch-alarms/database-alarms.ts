import { badArgument, type Value } from "../../lib";
import { type Alarm, type AlarmSet, LASTING } from "./alarm";
import { leastMaxConnections } from "./instance-classes";

const GIB = 1024 ** 3;

interface BasicThresholds {
  readonly cpuPercent: number;
  readonly freeStorageGiB: number;
  /** Inputs of the maximum connections of a PostgreSQL instance with the default `max_connections`. */
  readonly instanceClass: string;
  /** Percentage of the connections that the instance class supports at least, such as 80. */
  readonly connectionPercent: number;
}

/** A PostgreSQL instance: CPU for a quarter of an hour, storage and connections about to end. */
export function databaseAlarms(identifier: Value<string>, thresholds: BasicThresholds): Record<string, Alarm> {
  const { cpu, freeStorage, connections } = basics(identifier, thresholds);
  return {
    "database-cpu": { ...cpu, description: `The database works at more than ${thresholds.cpuPercent} % of its CPU` },
    "database-free-storage": {
      ...freeStorage,
      description: `The database has less than ${thresholds.freeStorageGiB} GiB of storage left`,
    },
    "database-connections": {
      ...connections,
      description: `The database has more than ${thresholds.connectionPercent} % of the connections that it can take`,
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
    connections: {
      ...metric,
      metricName: "DatabaseConnections",
      statistic: "Average",
      comparison: "GreaterThanThreshold",
      threshold: connectionThreshold(leastMaxConnections(thresholds.instanceClass), thresholds.connectionPercent),
      ...LASTING,
      treatMissingData: "notBreaching",
    },
  } as const;
}

/** @throws InputError if the alarm could not go off before the last connection is taken */
export function connectionThreshold(leastConnections: number, connectionPercent: number): number {
  if (!(connectionPercent >= 1 && connectionPercent <= 95)) {
    throw badArgument(`connectionPercent: got ${connectionPercent}; allowed: 1 to 95`);
  }
  return Math.floor((leastConnections * connectionPercent) / 100);
}

export interface PostgresThresholds extends BasicThresholds {
  readonly readLatencyMilliseconds: number;
  readonly writeLatencyMilliseconds: number;
}

/**
 * Alarms of a PostgreSQL instance and its clients. The alarms on CPU and storage report missing data; the others do not
 * repeat it.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html
 */
export function postgresAlarms(identifier: Value<string>, thresholds: PostgresThresholds): AlarmSet {
  const { cpu, freeStorage, connections } = basics(identifier, thresholds);
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
      "database-connections": {
        ...connections,
        description: "The database has nearly as many connections as it can take",
        runbook:
          "Look first at pg_stat_activity for connections that are idle in a transaction, then at the pools times the tasks.",
      },
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
