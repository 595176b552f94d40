/** Metrics that YACE copies. Each is billed per request. */
import type { Expression } from "../../lib";

interface Source {
  readonly region: Expression<string>;
  readonly appTag: Expression<string>;
}

/** Statistics of metrics by the namespace in CloudWatch. A counter without data is zero; a gauge without data is missing. */
const METRICS = {
  "AWS/ApplicationELB": {
    dimension: "LoadBalancer",
    nilToZero: true,
    metrics: {
      RequestCount: "Sum",
      HTTPCode_Target_5XX_Count: "Sum",
      HTTPCode_ELB_5XX_Count: "Sum",
      TargetResponseTime: "p95",
    },
  },
  "AWS/RDS": {
    dimension: "DBInstanceIdentifier",
    nilToZero: false,
    metrics: {
      CPUUtilization: "Average",
      DatabaseConnections: "Maximum",
      DBLoad: "Average",
      FreeableMemory: "Minimum",
      FreeStorageSpace: "Minimum",
      ReadLatency: "Average",
      WriteLatency: "Average",
    },
  },
} as const;

const PERIOD_SECONDS = 300;

export function jobs({ region, appTag }: Source) {
  return Object.entries(METRICS).map(([type, { dimension, nilToZero, metrics }]) => ({
    type,
    regions: [region],
    searchTags: [{ key: "App", value: `^${appTag}$` }],
    dimensionNameRequirements: [dimension],
    period: PERIOD_SECONDS,
    length: PERIOD_SECONDS,
    nilToZero,
    metrics: Object.entries(metrics).map(([name, statistic]) => ({ name, statistics: [statistic] })),
  }));
}
