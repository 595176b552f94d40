import type { Value } from "../../lib";
import { type AlarmSet, LASTING, type MemberAlarm } from "./alarm";
import { connectionThreshold } from "./database-alarms";
import { leastMaxConnections, leastServerlessConnections } from "./instance-classes";

const GIB = 1024 ** 3;
const MIB = 1024 ** 2;

interface Cluster {
  readonly identifier: Value<string>;
  /** Identifiers of the instances, by letter. */
  readonly instanceIdentifiers: Value<Readonly<Record<string, string>>>;
}

/** What the cluster has, from its sizing. */
interface Size {
  readonly instances: Readonly<Record<string, { readonly instanceClass?: string }>>;
  /** Range of the serverless instances; null without one. */
  readonly capacity: { readonly minAcus: number; readonly maxAcus: number } | null;
}

export interface AuroraThresholds {
  readonly cpuPercent: number;
  /** Part of the maximum capacity of a serverless instance. */
  readonly capacityPercent: number;
  /** Percentage of the connections that the smallest instance supports at least. */
  readonly connectionPercent: number;
  readonly freeMemoryMiB: number;
  readonly replicaLagMilliseconds: number;
  readonly deadlocksPerMinute: number;
  /** Storage grows by itself and is charged; the alarm finds growth that nobody expects. */
  readonly storageGiB: number;
}

/**
 * Alarms of an Aurora cluster, and of each of its instances. After a failover another instance is the writer, so that every
 * instance has every alarm; the writer has no replica lag, and sends none.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html
 */
export function auroraAlarms(cluster: Cluster, size: Size, thresholds: AuroraThresholds): AlarmSet {
  const onCluster = {
    namespace: "AWS/RDS",
    dimensions: { DBClusterIdentifier: cluster.identifier },
    comparison: "GreaterThanThreshold",
    treatMissingData: "notBreaching",
  } as const;
  return {
    alarms: {
      deadlocks: {
        ...onCluster,
        ...LASTING,
        description: "Transactions of the database block each other, and some are taken back",
        runbook: "Look first at the log of the database for the statements, then at the last deployment.",
        metricName: "Deadlocks",
        statistic: "Average",
        threshold: thresholds.deadlocksPerMinute / 60,
      },
      storage: {
        ...onCluster,
        description: "The database uses more storage than is expected of it",
        runbook:
          "Look first at the largest tables and at replication slots; raise the threshold if the growth is right.",
        metricName: "VolumeBytesUsed",
        statistic: "Maximum",
        threshold: thresholds.storageGiB * GIB,
      },
    },
    memberAlarms: instanceAlarms(size, thresholds),
    members: cluster.instanceIdentifiers,
  };
}

function instanceAlarms(size: Size, thresholds: AuroraThresholds): Record<string, MemberAlarm> {
  const on = {
    namespace: "AWS/RDS",
    memberDimension: "DBInstanceIdentifier",
    statistic: "Average",
    comparison: "GreaterThanThreshold",
    ...LASTING,
    treatMissingData: "notBreaching",
  } as const;
  const canPause = size.capacity?.minAcus === 0;
  return {
    cpu: {
      ...on,
      description: "An instance of the database is short of CPU, or silent",
      runbook:
        "Look first at Database Insights: which statement takes most of the time, and since which deployment; then at the events of the instance.",
      metricName: "CPUUtilization",
      threshold: thresholds.cpuPercent,
      treatMissingData: canPause ? "notBreaching" : "breaching",
    },
    ...(size.capacity !== null && {
      capacity: {
        ...on,
        description: "A serverless instance of the database is about to reach its maximum capacity",
        runbook: "Look first at Database Insights for the cause of the load; raise the maximum if the load is right.",
        metricName: "ACUUtilization",
        threshold: thresholds.capacityPercent,
      },
    }),
    connections: {
      ...on,
      description: "An instance of the database has nearly as many connections as it can take",
      runbook:
        "Look first at pg_stat_activity for connections that are idle in a transaction, then at the pools times the tasks.",
      metricName: "DatabaseConnections",
      threshold: connectionThreshold(leastConnections(size), thresholds.connectionPercent),
    },
    "free-memory": {
      ...on,
      description: "An instance of the database is short of memory",
      runbook: "Look first at the number of connections, then at statements that sort or hash much data.",
      metricName: "FreeableMemory",
      comparison: "LessThanThreshold",
      threshold: thresholds.freeMemoryMiB * MIB,
    },
    "replica-lag": {
      ...on,
      description: "A reader of the database returns old data",
      runbook: "Look first at bulk writes, then at long statements and at the CPU of the reader.",
      metricName: "AuroraReplicaLag",
      threshold: thresholds.replicaLagMilliseconds,
    },
  };
}

/** Of the smallest instance. @throws InputError if a class is not known */
function leastConnections({ instances, capacity }: Size): number {
  return Math.min(
    ...Object.values(instances).map(({ instanceClass = "db.serverless" }) =>
      instanceClass === "db.serverless" && capacity !== null
        ? leastServerlessConnections(capacity)
        : leastMaxConnections(instanceClass),
    ),
  );
}
