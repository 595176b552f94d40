import type { Value } from "../../lib";
import type { AlarmSet } from "./alarm";

/**
 * The alarm on the availability of a day, as a canary measures it: the part of its runs that succeeded.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_metrics.html
 */
export function availabilityAlarms(
  canaryName: Value<string>,
  { availabilityPercent }: { readonly availabilityPercent: number },
): AlarmSet {
  return {
    alarms: {
      availability: {
        severity: "High",
        description: `Less than ${availabilityPercent} % of the runs of the canary in a day succeeded`,
        runbook: "Look first at the failed runs: the step `page` is the website, the step `health` is the API.",
        namespace: "CloudWatchSynthetics",
        dimensions: { CanaryName: canaryName },
        metricName: "SuccessPercent",
        statistic: "Average",
        comparison: "LessThanThreshold",
        threshold: availabilityPercent,
        periodSeconds: 86_400,
        treatMissingData: "breaching",
      },
    },
  };
}
