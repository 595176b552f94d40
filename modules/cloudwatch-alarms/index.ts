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
    "Alarms on metrics, on rates and on what is unusual, each with what missing data means and what to look at first, which tell a topic when they start and when they end.",
  inputs: {
    name: resourceName(100).describe("First part of every alarm's name: `<name>-<alarm>`."),
    topicArn: arnOf("sns").describe("Topic that is told; its policy has to admit `cloudwatch.amazonaws.com`."),
    alarms: z
      .record(ALARM_NAME, ALARM)
      .default({})
      .describe(
        "Alarms by name. `treatMissingData` says what silence means: `notBreaching` for counts of errors, `breaching` for signs of life. `runbook` says what to look at first.",
      ),
    rateAlarms: z
      .record(ALARM_NAME, RATE_ALARM)
      .default({})
      .describe(
        "Alarms on how many per cent one metric is of another, by name. `partIs` says whether the total counts the part as well. A total below `minimumTotal` counts as that many, so that one error of three requests is no alarm.",
      ),
    anomalyAlarms: z
      .record(ALARM_NAME, ANOMALY_ALARM)
      .default({})
      .describe(
        "Alarms on what is unusual for the time of the day and week, by name. `bandWidth` is what counts as usual, in standard deviations: 2 alarms often, 4 seldom. CloudWatch learns from two weeks, and charges for three metrics.",
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
      allowed: "names that no alarm of another kind has",
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
