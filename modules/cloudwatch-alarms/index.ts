import { z } from "zod";
import { arnOf, defineModule, hcl, resourceName, sizing } from "../../lib";
import { connectionsOfEach, cpuOf, errorRateOf, requestsOf } from "./examples";
import { ALARM, ALARM_NAME, ANOMALY_ALARM, canBePassed, canStart, HIGHEST, MEMBER_ALARM, RATE_ALARM } from "./inputs";
import { onAnomalies, onMembers, onMetrics, onRates } from "./kinds";

/** Two of one. */
const RARE = { evaluationPeriods: 1, datapointsToAlarm: 2, treatMissingData: "missing" } as const;
const ALLOWED_DATAPOINTS = "no more datapoints to alarm than periods that are evaluated";
const ALLOWED_THRESHOLDS = `thresholds that the metric can pass, below its highest value: ${Object.entries(HIGHEST)
  .map(([metric, highest]) => `${metric} ${highest}`)
  .join(", ")}`;

function passed(alarms: "alarms" | "member_alarms"): string {
  const highest = JSON.stringify(HIGHEST).replaceAll(":", " = ");
  return `alltrue([for alarm in var.${alarms} : alarm.comparison != "GreaterThanThreshold" || alarm.threshold < lookup(${highest}, alarm.metric_name, alarm.threshold + 1)])`;
}

export const CloudwatchAlarms = defineModule({
  name: "cloudwatch-alarms",
  description:
    "CloudWatch alarms on metrics, rates and anomalies. Each states how it treats missing data and which runbook to follow. A topic is notified when an alarm starts and ends; a further one of alarms of the severity `Critical`.",
  inputs: {
    name: resourceName(100).describe("First part of every alarm's name: `<name>-<alarm>`."),
    topicArn: arnOf("sns").describe("Topic that is notified. Its policy has to allow `cloudwatch.amazonaws.com`."),
    pageTopicArn: arnOf("sns")
      .nullable()
      .default(null)
      .describe(
        "Topic that is notified of alarms of the severity `Critical` as well, such as one that pages a person.",
      ),
    notifies: z
      .boolean()
      .default(true)
      .describe(
        "Whether topics are notified. False for alarms that only alarms of the `composite-alarms` module read.",
      ),
    alarms: z
      .record(ALARM_NAME, ALARM)
      .default({})
      .describe(
        "Alarms by name. `treatMissingData` is `notBreaching` for counts of errors and `breaching` for signs of life. `runbook` is the first step for the person who receives the alarm. `severity` becomes a tag.",
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
    memberAlarms: z
      .record(ALARM_NAME, MEMBER_ALARM)
      .default({})
      .describe(
        "Alarms that each member of a group has, such as each instance of a cluster: `<name>-<member>-<alarm>`. `memberDimension` is the dimension that identifies the member.",
      ),
    members: sizing(z.record(ALARM_NAME, z.string())).default({}).describe("Identifiers of the members, by name."),
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
      allowed: ALLOWED_THRESHOLDS,
      holds: ({ alarms }) => canBePassed(alarms),
      condition: passed("alarms"),
      counterexample: { alarms: { impossible: { ...cpuOf("shop"), threshold: 100 } } },
    },
    {
      inputs: ["memberAlarms"],
      allowed: ALLOWED_DATAPOINTS,
      holds: ({ memberAlarms }) => canStart(memberAlarms),
      condition: "alltrue([for alarm in var.member_alarms : alarm.datapoints_to_alarm <= alarm.evaluation_periods])",
      counterexample: { memberAlarms: { impossible: { ...connectionsOfEach, ...RARE } } },
    },
    {
      inputs: ["memberAlarms"],
      allowed: ALLOWED_THRESHOLDS,
      holds: ({ memberAlarms }) => canBePassed(memberAlarms),
      condition: passed("member_alarms"),
      counterexample: {
        memberAlarms: { impossible: { ...connectionsOfEach, metricName: "ACUUtilization", threshold: 100 } },
      },
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
      inputs: ["alarms", "rateAlarms", "anomalyAlarms", "memberAlarms", "members"],
      allowed: "names that differ from the names of the other alarms",
      holds: ({ alarms, rateAlarms, anomalyAlarms, memberAlarms, members }) => {
        const ofMembers = Object.keys(members).flatMap((member) =>
          Object.keys(memberAlarms).map((alarm) => `${member}-${alarm}`),
        );
        const names = [...[alarms, rateAlarms, anomalyAlarms].flatMap(Object.keys), ...ofMembers];
        return new Set(names).size === names.length;
      },
      condition:
        'length(setunion(keys(var.alarms), keys(var.rate_alarms), keys(var.anomaly_alarms), flatten([for member in keys(var.members) : [for alarm in keys(var.member_alarms) : format("%s-%s", member, alarm)]]))) == length(var.alarms) + length(var.rate_alarms) + length(var.anomaly_alarms) + length(var.members) * length(var.member_alarms)',
      counterexample: {
        alarms: { requests: cpuOf("shop") },
        rateAlarms: { requests: errorRateOf("app/shop/1") },
      },
    },
  ],
  outputs: {
    arns: z.record(z.string(), z.string()).describe("ARNs of the alarms, by key."),
  },
  example: {
    name: "shop",
    topicArn: "arn:aws:sns:eu-central-1:111122223333:shop-alerts",
    alarms: { "database-cpu": cpuOf("shop") },
    rateAlarms: { "targets-5xx-rate": errorRateOf("app/shop/0123456789abcdef") },
    anomalyAlarms: { "unusual-requests": requestsOf("app/shop/0123456789abcdef") },
    memberAlarms: { connections: connectionsOfEach },
    members: { a: "shop-a", b: "shop-b" },
  },
  build(scope, input) {
    const metrics = onMetrics(scope, input, input.alarms);
    const rates = onRates(scope, input, input.rateAlarms);
    const anomalies = onAnomalies(scope, input, input.anomalyAlarms);
    const members = onMembers(scope, input, input.memberAlarms, input.members);
    const arns = hcl<
      Record<string, string>
    >`merge(${metrics.all("arn")}, ${rates.all("arn")}, ${anomalies.all("arn")}, ${members.all("arn")})`;
    return { arns };
  },
});
