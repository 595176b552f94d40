/** Alarms on what visitors experience, by the Core Web Vitals. */
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { Construct } from "constructs";
import { z } from "zod";
import { type Expression, type Ref, resource, sizing } from "../../lib";

/** The defaults are the limits of a good experience. @see https://web.dev/articles/defining-core-web-vitals-thresholds */
export const THRESHOLDS = sizing(
  z.object({
    lcpMilliseconds: z.int().min(1).default(2500),
    inpMilliseconds: z.int().min(1).default(200),
    cls: z.number().min(0).default(0.1),
  }),
)
  .default({ lcpMilliseconds: 2500, inpMilliseconds: 200, cls: 0.1 })
  .describe("Limits of the alarms for three of four visits: main content, reaction to input, and moving content.");

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-RUM-metrics.html */
const VITALS = {
  lcp: {
    metricName: "WebVitalsLargestContentfulPaint",
    limit: "lcpMilliseconds",
    experience: "The main content of the page appears too late for one visit in four",
    look: "the time of the first byte and the size of the files of the last release",
  },
  inp: {
    metricName: "WebVitalsInteractionToNextPaint",
    limit: "inpMilliseconds",
    experience: "The page reacts too late to input in one visit in four",
    look: "long scripts of the last release",
  },
  cls: {
    metricName: "WebVitalsCumulativeLayoutShift",
    limit: "cls",
    experience: "Content moves while the page loads in one visit in four",
    look: "images and late content without a reserved size",
  },
} as const;

interface Experience {
  readonly name: Expression<string>;
  readonly topicArn: Expression<string>;
  readonly thresholds: Ref<z.output<typeof THRESHOLDS>>;
}

/** A percentile of few visits says little: then the alarm keeps its state. */
export function experienceAlarms(scope: Construct, { name, topicArn, thresholds }: Experience) {
  return Object.entries(VITALS).map(([id, { metricName, limit, experience, look }]) => {
    const alarm = resource(scope, CloudwatchMetricAlarm, id, {
      alarmName: `${name}-${id}`,
      alarmDescription: `${experience}.\n\nLook first at ${look}.`,
      namespace: "AWS/RUM",
      metricName,
      dimensions: { application_name: name },
      extendedStatistic: "p75",
      period: 900,
      evaluationPeriods: 3,
      datapointsToAlarm: 3,
      comparisonOperator: "GreaterThanThreshold",
      threshold: thresholds[limit],
      evaluateLowSampleCountPercentiles: "ignore",
      treatMissingData: "notBreaching",
      alarmActions: [topicArn],
      okActions: [topicArn],
    });
    return alarm.arn;
  });
}
