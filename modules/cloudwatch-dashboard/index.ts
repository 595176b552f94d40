import { CloudwatchDashboard as AwsCloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { z } from "zod";
import { arnOf, defineModule, hcl, jsonencode, REGION, resource, text } from "../../lib";

const PLACE = {
  x: z.int().min(0).max(23),
  y: z.int().min(0),
  width: z.int().min(1).max(24),
  height: z.int().min(1).max(1000),
};

const OTHER_REGION = REGION.nullable().default(null);

export const CloudwatchDashboard = defineModule({
  name: "cloudwatch-dashboard",
  description: "A dashboard of graphs, alarms, results of log queries, and texts.",
  inputs: {
    name: text(
      /^[A-Za-z](?:[A-Za-z0-9-]{0,98}[A-Za-z0-9])?$/,
      "up to 100 letters, digits and inner hyphens, a letter first",
      "shop/health",
    ).describe("Name of the dashboard."),
    region: REGION.describe("Region of the metrics and logs."),
    periodSeconds: z.literal([60, 300]).default(300).describe("Time between two points of a graph."),
    widgets: z
      .array(
        z.object({
          title: z.string().min(1),
          ...PLACE,
          region: OTHER_REGION,
          statistic: z.string().min(1),
          metrics: z.array(
            z.object({
              label: z.string().min(1),
              namespace: z.string().min(1),
              metricName: z.string().min(1),
              dimensions: z.record(z.string(), z.string()).default({}),
            }),
          ),
        }),
      )
      .describe("Graphs: title, position on the grid of 24 columns, statistic and metrics."),
    rates: z
      .array(
        z.object({
          title: z.string().min(1),
          ...PLACE,
          partMetricName: z.string().min(1),
          totalMetricName: z.string().min(1),
          metrics: z.array(
            z.object({
              label: z.string().min(1),
              namespace: z.string().min(1),
              dimensions: z.record(z.string(), z.string()).default({}),
            }),
          ),
        }),
      )
      .default([])
      .describe("Graphs of the percentage of one metric in another, which includes it."),
    searches: z
      .array(
        z.object({ title: z.string().min(1), ...PLACE, statistic: z.string().min(1), namespace: z.string().min(1) }),
      )
      .default([])
      .describe("Graphs of every metric in a namespace, also of those that an application adds later."),
    logTables: z
      .array(
        z.object({
          title: z.string().min(1),
          ...PLACE,
          region: OTHER_REGION,
          logGroupNames: z.array(z.string().min(1)).min(1),
          query: z.string().min(1),
        }),
      )
      .default([])
      .describe("Results of queries of CloudWatch Logs Insights, as tables."),
    alarms: z
      .array(z.object({ title: z.string().min(1), ...PLACE, alarmArns: z.array(arnOf("cloudwatch")).min(1).max(100) }))
      .default([])
      .describe("States of alarms."),
    texts: z
      .array(z.object({ ...PLACE, markdown: z.string().min(1) }))
      .default([])
      .describe("Texts in Markdown."),
  },
  outputs: {
    arn: z.string().describe("ARN of the dashboard."),
  },
  example: {
    name: "shop",
    region: "eu-central-1",
    widgets: [
      {
        title: "Database CPU",
        x: 0,
        y: 0,
        width: 8,
        height: 6,
        statistic: "Average",
        metrics: [
          {
            label: "CPU",
            namespace: "AWS/RDS",
            metricName: "CPUUtilization",
            dimensions: { DBInstanceIdentifier: "shop" },
          },
        ],
      },
    ],
    rates: [
      {
        title: "Errors of functions (%)",
        x: 0,
        y: 13,
        width: 8,
        height: 6,
        partMetricName: "Errors",
        totalMetricName: "Invocations",
        metrics: [{ label: "Pricing", namespace: "AWS/Lambda", dimensions: { FunctionName: "shop-pricing" } }],
      },
    ],
    searches: [{ title: "Business", x: 8, y: 0, width: 8, height: 6, statistic: "Sum", namespace: "Shop" }],
    logTables: [
      {
        title: "Errors",
        x: 0,
        y: 6,
        width: 24,
        height: 6,
        logGroupNames: ["/app/shop"],
        query: 'filter level = "error" | stats count() by message',
      },
    ],
    alarms: [
      {
        title: "Alarms",
        x: 16,
        y: 0,
        width: 8,
        height: 6,
        alarmArns: ["arn:aws:cloudwatch:eu-central-1:111122223333:alarm:shop-errors"],
      },
    ],
    texts: [{ x: 0, y: 12, width: 24, height: 1, markdown: "# Shop" }],
  },
  /** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
  build(scope, input) {
    const region = hcl`widget.region == null ? ${input.region} : widget.region`;
    const metrics = hcl`[for metric in widget.metrics : concat([metric.namespace, metric.metric_name], flatten([for name, value in metric.dimensions : [name, value]]), [{ label = metric.label }])]`;
    const graph = {
      title: hcl`widget.title`,
      region,
      view: "timeSeries",
      stat: hcl`widget.statistic`,
      period: input.periodSeconds,
      metrics,
    };
    const rate = {
      title: hcl`widget.title`,
      region: input.region,
      view: "timeSeries",
      stat: "Sum",
      period: input.periodSeconds,
      metrics: hcl`concat([for i, rate in widget.metrics : [{ expression = format("100 * FILL(part%d, 0) / IF(total%d > 0, total%d, 1)", i, i, i), label = rate.label }]], [for pair in setproduct(range(length(widget.metrics)), ["part", "total"]) : concat([widget.metrics[pair[0]].namespace, pair[1] == "part" ? widget.part_metric_name : widget.total_metric_name], flatten([for name, value in widget.metrics[pair[0]].dimensions : [name, value]]), [{ id = format("%s%d", pair[1], pair[0]), visible = false }])])`,
    };
    const search = {
      title: hcl`widget.title`,
      region: input.region,
      view: "timeSeries",
      period: input.periodSeconds,
      metrics: hcl`[[{ expression = format("SEARCH('Namespace=%q', '%s', %d)", widget.namespace, widget.statistic, ${input.periodSeconds}) }]]`,
    };
    const sources = hcl`join(" | ", [for group in widget.log_group_names : format("SOURCE '%s'", group)])`;
    const table = {
      title: hcl`widget.title`,
      region,
      view: "table",
      query: hcl`join(" | ", [${sources}, widget.query])`,
    };
    const alarm = { title: hcl`widget.title`, alarms: hcl`widget.alarm_arns` };
    const text = { markdown: hcl`widget.markdown` };
    const dashboard = resource(scope, AwsCloudwatchDashboard, "this", {
      dashboardName: input.name,
      dashboardBody: jsonencode({
        widgets: hcl`concat(${placed("metric", input.widgets, graph)}, ${placed("metric", input.rates, rate)}, ${placed("metric", input.searches, search)}, ${placed("log", input.logTables, table)}, ${placed("alarm", input.alarms, alarm)}, ${placed("text", input.texts, text)})`,
      }),
    });
    return { arn: dashboard.dashboardArn };
  },
});

function placed(type: string, widgets: unknown, properties: object) {
  return hcl`[for widget in ${widgets} : { type = ${type}, x = widget.x, y = widget.y, width = widget.width, height = widget.height, properties = ${properties} }]`;
}
