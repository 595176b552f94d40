import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { z } from "zod";
import { arnOf, defineModule, hcl, resourceForEach, resourceName, sizing, text } from "../../lib";

export const CloudwatchAlarms = defineModule({
  name: "cloudwatch-alarms",
  description:
    "Alarms on metrics, each with what missing data means, which tell a topic when they start and when they end.",
  inputs: {
    name: resourceName(100).describe("First part of every alarm's name: `<name>-<alarm>`."),
    topicArn: arnOf("sns").describe("Topic that is told; its policy has to admit `cloudwatch.amazonaws.com`."),
    alarms: z
      .record(
        text(/^[a-z][a-z0-9-]*$/, "lower-case names", "Not A Name"),
        z.object({
          description: z.string().min(1),
          namespace: z.string().min(1),
          metricName: z.string().min(1),
          dimensions: z.record(z.string(), z.string()).default({}),
          statistic: text(
            /^(?:Average|Sum|Minimum|Maximum|SampleCount|p\d{1,2}(?:\.\d+)?)$/,
            "Average, Sum, Minimum, Maximum, SampleCount or a percentile such as p95",
            "Median",
          ),
          comparison: z.enum([
            "GreaterThanThreshold",
            "GreaterThanOrEqualToThreshold",
            "LessThanThreshold",
            "LessThanOrEqualToThreshold",
          ]),
          threshold: sizing(z.number()),
          periodSeconds: z.literal([10, 30, 60, 120, 300, 600, 900, 1800, 3600]).default(300),
          evaluationPeriods: z.int().min(1).max(100).default(1),
          datapointsToAlarm: z.int().min(1).max(100).default(1),
          treatMissingData: z.enum(["breaching", "notBreaching", "ignore", "missing"]),
        }),
      )
      .describe(
        "Alarms by name. `treatMissingData` says what silence means: `notBreaching` for counts of errors, `breaching` for signs of life.",
      ),
  },
  rules: [
    {
      inputs: ["alarms"],
      allowed: "no more datapoints to alarm than periods that are evaluated",
      holds: ({ alarms }) =>
        Object.values(alarms).every((alarm) => (alarm.datapointsToAlarm ?? 1) <= (alarm.evaluationPeriods ?? 1)),
      condition: "alltrue([for alarm in var.alarms : alarm.datapoints_to_alarm <= alarm.evaluation_periods])",
      counterexample: {
        alarms: {
          impossible: {
            description: "Two of one",
            namespace: "AWS/RDS",
            metricName: "CPUUtilization",
            dimensions: {},
            statistic: "Average",
            comparison: "GreaterThanThreshold",
            threshold: 70,
            periodSeconds: 300,
            evaluationPeriods: 1,
            datapointsToAlarm: 2,
            treatMissingData: "missing",
          },
        },
      },
    },
  ],
  outputs: {
    arns: z.record(z.string(), z.string()).describe("ARNs of the alarms, by name."),
  },
  example: {
    name: "orders",
    topicArn: "arn:aws:sns:eu-central-1:111122223333:orders-alerts",
    alarms: {
      "database-cpu": {
        description: "The database works at more than 70 % of its CPU",
        namespace: "AWS/RDS",
        metricName: "CPUUtilization",
        dimensions: { DBInstanceIdentifier: "orders" },
        statistic: "Average",
        comparison: "GreaterThanThreshold",
        threshold: 70,
        evaluationPeriods: 3,
        datapointsToAlarm: 3,
        treatMissingData: "breaching",
      },
    },
  },
  build(scope, input) {
    const alarms = resourceForEach(scope, CloudwatchMetricAlarm, "this", input.alarms, (alarm, name) => ({
      alarmName: `${input.name}-${name}`,
      alarmDescription: alarm.description,
      namespace: alarm.namespace,
      metricName: alarm.metricName,
      dimensions: alarm.dimensions,
      statistic: hcl<string | null>`startswith(${alarm.statistic}, "p") ? null : ${alarm.statistic}`,
      extendedStatistic: hcl<string | null>`startswith(${alarm.statistic}, "p") ? ${alarm.statistic} : null`,
      comparisonOperator: alarm.comparison,
      threshold: alarm.threshold,
      period: alarm.periodSeconds,
      evaluationPeriods: alarm.evaluationPeriods,
      datapointsToAlarm: alarm.datapointsToAlarm,
      treatMissingData: alarm.treatMissingData,
      alarmActions: [input.topicArn],
      okActions: [input.topicArn],
    }));
    return { arns: alarms.all("arn") };
  },
});
