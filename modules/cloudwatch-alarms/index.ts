import { z } from "zod";
import { arnOf, defineModule, hcl, resourceName } from "../../lib";
import { cpuOf, errorRateOf, requestsOf } from "./examples";
import { ALARM, ALARM_NAME, ANOMALY_ALARM, canBePassed, canStart, HIGHEST, RATE_ALARM } from "./inputs";
import { onAnomalies, onMetrics, onRates } from "./kinds";

/** Two of one. */
const RARE = { evaluationPeriods: 1, datapointsToAlarm: 2, treatMissingData: "missing" } as const;
const ALLOWED_DATAPOINTS = "no more datapoints to alarm than periods that are evaluated";

export const CloudwatchAlarms = defineModule({
  name: "cloudwatch-alarms",
  description:
    "CloudWatch alarms on metrics, rates and anomalies. Each states how it treats missing data and which runbook to follow. A topic is notified when an alarm starts and ends.",
  inputs: {
    name: resourceName(100).describe("First part of every alarm's name: `<name>-<alarm>`."),
    topicArn: arnOf("sns").describe("Topic that is notified. Its policy has to allow `cloudwatch.amazonaws.com`."),
    alarms: z
      .record(ALARM_NAME, ALARM)
      .default({})
      .describe(
        "Alarms by name. `treatMissingData` is `notBreaching` for counts of errors and `breaching` for signs of life. `runbook` is the first step for the person who receives the alarm.",
      ),
    rateAlarms: z
      .record(ALARM_NAME, RATE_ALARM)
      .default({})
      .describe(
        "Alarms on the percentage of one metric in another, by name. `partIs` states whether the total includes the part. A total below `minimumTotal` counts as `minimumTotal`, so that one error in three requests raises no alarm.",
      ),
    anomalyAlarms: z
      .record(ALARM_NAME, ANOMALY_ALARM)
      .default({})
      .describe(
        "Alarms on anomalies for the time of day and week, by name. `bandWidth` is the width of the normal range in standard deviations: with 2 the alarm is frequent, with 4 rare. CloudWatch learns from two weeks of data and charges for three metrics.",
      ),
  },
  rules: [
    {
      inputs: ["alarms"],
      allowed: ALLOWED_DATAPOINTS,
      holds: ({ alarms }) => canStart(alarms),
      condition: "alltrue([for alarm in var.alarms : alarm.datapoints_to_alarm <= alarm.evaluation_periods])",
      counterexample: { alarms: { impossible: { ...cpuOf("shop"), ...RARE } } },
    },
    {
      inputs: ["alarms"],
      allowed: `thresholds that the metric can pass, below its highest value: ${Object.entries(HIGHEST)
        .map(([metric, highest]) => `${metric} ${highest}`)
        .join(", ")}`,
      holds: ({ alarms }) => canBePassed(alarms),
      condition: `alltrue([for alarm in var.alarms : alarm.comparison != "GreaterThanThreshold" || alarm.threshold < lookup(${JSON.stringify(HIGHEST).replaceAll(":", " = ")}, alarm.metric_name, alarm.threshold + 1)])`,
      counterexample: { alarms: { impossible: { ...cpuOf("shop"), threshold: 100 } } },
    },
    {
      inputs: ["rateAlarms"],
      allowed: ALLOWED_DATAPOINTS,
      holds: ({ rateAlarms }) => canStart(rateAlarms),
      condition: "alltrue([for alarm in var.rate_alarms : alarm.datapoints_to_alarm <= alarm.evaluation_periods])",
      counterexample: { rateAlarms: { impossible: { ...errorRateOf("app/shop/1"), ...RARE } } },
    },
    {
      inputs: ["anomalyAlarms"],
      allowed: ALLOWED_DATAPOINTS,
      holds: ({ anomalyAlarms }) => canStart(anomalyAlarms),
      condition: "alltrue([for alarm in var.anomaly_alarms : alarm.datapoints_to_alarm <= alarm.evaluation_periods])",
      counterexample: { anomalyAlarms: { impossible: { ...requestsOf("app/shop/1"), ...RARE } } },
    },
    {
      inputs: ["alarms", "rateAlarms", "anomalyAlarms"],
      allowed: "names that differ from the names of the other alarms",
      holds: (input) => {
        const names = [input.alarms, input.rateAlarms, input.anomalyAlarms].flatMap(Object.keys);
        return new Set(names).size === names.length;
      },
      condition:
        "length(setunion(keys(var.alarms), keys(var.rate_alarms), keys(var.anomaly_alarms))) == length(var.alarms) + length(var.rate_alarms) + length(var.anomaly_alarms)",
      counterexample: {
        alarms: { requests: cpuOf("shop") },
        rateAlarms: { requests: errorRateOf("app/shop/1") },
      },
    },
  ],
  outputs: {
    arns: z.record(z.string(), z.string()).describe("ARNs of the alarms, by name."),
  },
  example: {
    name: "shop",
    topicArn: "arn:aws:sns:eu-central-1:111122223333:shop-alerts",
    alarms: { "database-cpu": cpuOf("shop") },
    rateAlarms: { "targets-5xx-rate": errorRateOf("app/shop/0123456789abcdef") },
    anomalyAlarms: { "unusual-requests": requestsOf("app/shop/0123456789abcdef") },
  },
  build(scope, input) {
    const metrics = onMetrics(scope, input, input.alarms);
    const rates = onRates(scope, input, input.rateAlarms);
    const anomalies = onAnomalies(scope, input, input.anomalyAlarms);
    const arns = hcl<
      Record<string, string>
    >`merge(${metrics.all("arn")}, ${rates.all("arn")}, ${anomalies.all("arn")})`;
    return { arns };
  },
});
