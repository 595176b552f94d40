import { CloudwatchDashboard as AwsCloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { z } from "zod";
import { defineModule, hcl, jsonencode, REGION, resource, resourceName } from "../../lib";

export const CloudwatchDashboard = defineModule({
  name: "cloudwatch-dashboard",
  description: "A dashboard with one graph in each widget.",
  inputs: {
    name: resourceName(100).describe("Name of the dashboard."),
    region: REGION.describe("Region of the metrics."),
    widgets: z
      .array(
        z.object({
          title: z.string().min(1),
          x: z.int().min(0).max(23),
          y: z.int().min(0),
          width: z.int().min(1).max(24),
          height: z.int().min(1).max(1000),
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
  },
  build(scope, input) {
    const metrics = hcl`[for metric in widget.metrics : concat([metric.namespace, metric.metric_name], flatten([for name, value in metric.dimensions : [name, value]]), [{ label = metric.label }])]`;
    const properties = {
      title: hcl`widget.title`,
      region: input.region,
      view: "timeSeries",
      stat: hcl`widget.statistic`,
      period: 300,
      metrics,
    };
    const dashboard = resource(scope, AwsCloudwatchDashboard, "this", {
      dashboardName: input.name,
      dashboardBody: jsonencode({
        widgets: hcl`[for widget in ${input.widgets} : { type = "metric", x = widget.x, y = widget.y, width = widget.width, height = widget.height, properties = ${properties} }]`,
      }),
    });
    return { arn: dashboard.dashboardArn };
  },
});
