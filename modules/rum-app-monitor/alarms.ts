/** Alarms on what visitors experience, by the Core Web Vitals. */
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { Construct } from "constructs";
import { type Expression, resource } from "../../lib";

/**
 * Limits of a good experience for three of four visits. LCP and INP are in milliseconds, CLS has no unit.
 * @see https://web.dev/articles/defining-core-web-vitals-thresholds
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-RUM-metrics.html
 */
const GOOD = {
  lcp: {
    metricName: "WebVitalsLargestContentfulPaint",
    threshold: 2500,
    experience: "The main content of the page appears too late for one visit in four",
    look: "the time of the first byte and the size of the files of the last release",
  },
  inp: {
    metricName: "WebVitalsInteractionToNextPaint",
    threshold: 200,
    experience: "The page reacts too late to input in one visit in four",
    look: "long scripts of the last release",
  },
  cls: {
    metricName: "WebVitalsCumulativeLayoutShift",
    threshold: 0.1,
    experience: "Content moves while the page loads in one visit in four",
    look: "images and late content without a reserved size",
  },
} as const;

/** A percentile of few visits says little: then the alarm keeps its state. */
export function experienceAlarms(
  scope: Construct,
  { name, topicArn }: { readonly name: Expression<string>; readonly topicArn: Expression<string> },
) {
  return Object.entries(GOOD).map(([id, { metricName, threshold, experience, look }]) => {
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
      threshold,
      evaluateLowSampleCountPercentiles: "ignore",
      treatMissingData: "notBreaching",
      alarmActions: [topicArn],
      okActions: [topicArn],
    });
    return alarm.arn;
  });
}
