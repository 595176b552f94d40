/** Inputs of the alarms of each kind. */
import { z } from "zod";
import { SEVERITY, sizing, text } from "../../lib";

/** Both texts are in one description of at most 1,024 characters. */
const WORDS = {
  description: z.string().min(1).max(500),
  runbook: z.string().min(1).max(500).nullable().default(null),
  severity: SEVERITY,
};

const EVALUATION = {
  periodSeconds: z.literal([10, 30, 60, 120, 300, 600, 900, 1800, 3600, 86_400]).default(300),
  evaluationPeriods: z.int().min(1).max(100).default(1),
  datapointsToAlarm: z.int().min(1).max(100).default(1),
  treatMissingData: z.enum(["breaching", "notBreaching", "ignore", "missing"]),
};

const STATISTIC = text(
  /^(?:Average|Sum|Minimum|Maximum|SampleCount|p\d{1,2}(?:\.\d+)?)$/,
  "Average, Sum, Minimum, Maximum, SampleCount or a percentile such as p95",
  "Median",
);

const COMPARISON = z.enum([
  "GreaterThanThreshold",
  "GreaterThanOrEqualToThreshold",
  "LessThanThreshold",
  "LessThanOrEqualToThreshold",
]);

export const ALARM_NAME = text(/^[A-Za-z][A-Za-z0-9-]*$/, "names of letters, digits and hyphens", "Not A Name");

/** One metric beyond a threshold. */
export const ALARM = z.object({
  ...WORDS,
  namespace: z.string().min(1),
  metricName: z.string().min(1),
  dimensions: z.record(z.string(), z.string()).default({}),
  statistic: STATISTIC,
  comparison: COMPARISON,
  threshold: sizing(z.number()),
  ...EVALUATION,
});

/** An alarm that each member of a group has. `memberDimension` is the dimension whose value identifies the member. */
export const MEMBER_ALARM = ALARM.omit({ dimensions: true }).extend({
  memberDimension: z.string().min(1),
  /** The treatment of missing data depends on the size: of a paused instance, missing data is normal. */
  treatMissingData: sizing(EVALUATION.treatMissingData),
});

/** The percentage of one metric in another. */
export const RATE_ALARM = z.object({
  ...WORDS,
  namespace: z.string().min(1),
  dimensions: z.record(z.string(), z.string()).default({}),
  partMetricName: z.string().min(1),
  totalMetricName: z.string().min(1),
  partIs: z.enum(["within-total", "beside-total"]).default("within-total"),
  minimumTotal: sizing(z.number().min(1)).default(1),
  statistic: z.enum(["Sum", "Average"]).default("Sum"),
  comparison: COMPARISON,
  thresholdPercent: sizing(z.number().min(0)),
  ...EVALUATION,
  /** The treatment of missing data depends on the size: with 0 tasks, missing data is normal. */
  treatMissingData: sizing(EVALUATION.treatMissingData),
});

/** A metric outside of CloudWatch's prediction for the time of day and week. */
export const ANOMALY_ALARM = z.object({
  ...WORDS,
  namespace: z.string().min(1),
  metricName: z.string().min(1),
  dimensions: z.record(z.string(), z.string()).default({}),
  statistic: STATISTIC,
  comparison: z.enum([
    "GreaterThanUpperThreshold",
    "LessThanLowerThreshold",
    "LessThanLowerOrGreaterThanUpperThreshold",
  ]),
  bandWidth: sizing(z.number().min(0.1)),
  ...EVALUATION,
});

interface Evaluated {
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
}

/** Whether every alarm can ever start. */
export function canStart(alarms: Readonly<Record<string, Evaluated>>): boolean {
  return Object.values(alarms).every(
    ({ evaluationPeriods, datapointsToAlarm }) => datapointsToAlarm <= evaluationPeriods,
  );
}

/**
 * Maximum value of metrics that are percentages or rates.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html
 * @see https://docs.aws.amazon.com/ses/latest/dg/reputationdashboard-cloudwatch-alarm.html
 */
export const HIGHEST: Readonly<Record<string, number>> = {
  ACUUtilization: 100,
  CPUUtilization: 100,
  MemoryUtilization: 100,
  "Reputation.BounceRate": 1,
};

/** Whether the metric of every alarm can pass its threshold. */
export function canBePassed(
  alarms: Readonly<Record<string, Pick<AlarmInput, "comparison" | "metricName" | "threshold">>>,
): boolean {
  return Object.values(alarms).every(
    ({ comparison, metricName, threshold }) =>
      comparison !== "GreaterThanThreshold" || threshold < (HIGHEST[metricName] ?? Number.POSITIVE_INFINITY),
  );
}

export type AlarmInput = z.output<typeof ALARM>;
export type MemberAlarmInput = z.output<typeof MEMBER_ALARM>;
export type RateAlarmInput = z.output<typeof RATE_ALARM>;
export type AnomalyAlarmInput = z.output<typeof ANOMALY_ALARM>;
