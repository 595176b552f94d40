/** The dashboard of those on call: five metrics of Formula's document, from the API down to the database. */
import { CloudwatchDashboard } from "../../modules/cloudwatch-dashboard";
import { type Graph, page, type Rate } from "../../modules/cloudwatch-dashboard/layout";
import type { Context } from "./context";
import type { Monitored } from "./monitored";

export function operationalHealth({ root, environment, name }: Context, monitored: Monitored): void {
  const title = `# ${name}: operational health\n\nAlarms of a colour notify only while it serves users: their names begin with \`${name}-serving\`.`;
  const dashboard = new CloudwatchDashboard(root, "operational_health", {
    name: `${name}-OperationalHealth`,
    region: environment.region,
    periodSeconds: 60,
    ...page([{ text: title, textHeight: 2, graphs: graphs(monitored), rates: rates(monitored) }]),
  });
  root.output("dashboard", dashboard.arn, "Dashboard of those on call.");
}

function graphs({ api: { restApi }, service, executions, data, front }: Monitored): Graph[] {
  const onStage = { namespace: "AWS/ApiGateway", dimensions: { ApiName: restApi.name, Stage: restApi.stageName } };
  const ofServices = (metricName: "CPUUtilization" | "MemoryUtilization") =>
    service.services.map(({ colour, service: { name } }) => ({
      label: `${metricName} ${colour}`,
      namespace: "AWS/ECS",
      metricName,
      dimensions: { ClusterName: service.cluster.name, ServiceName: name },
    }));
  const latency = (statistic: "p95" | "p99"): Graph => ({
    title: `API latency ${statistic} (ms)`,
    statistic,
    metrics: [{ ...onStage, label: "APILatency", metricName: "Latency" }],
  });
  const duration = { namespace: executions.durationMetric.namespace, metricName: executions.durationMetric.name };
  return [
    latency("p95"),
    {
      title: "ECS CPU and memory (%)",
      statistic: "Average",
      metrics: [...ofServices("CPUUtilization"), ...ofServices("MemoryUtilization")],
    },
    ...(data.database === null
      ? []
      : [
          {
            title: "RDS CPU (%)",
            statistic: "Average",
            metrics: [
              {
                label: "CPUUtilization",
                namespace: "AWS/RDS",
                metricName: "CPUUtilization",
                dimensions: { DBInstanceIdentifier: data.database.identifier },
              },
            ],
          } as const,
        ]),
    latency("p99"),
    {
      title: "Execution of formulas p95 (ms)",
      statistic: "p95",
      metrics: [{ ...duration, label: "Duration", dimensions: {} }],
    },
    ...(front === null || front.measured === null
      ? []
      : [
          {
            title: "Availability: successful runs of the canary (%)",
            statistic: "Average",
            metrics: [
              {
                label: "Runs",
                namespace: "CloudWatchSynthetics",
                metricName: "SuccessPercent",
                dimensions: { CanaryName: front.measured.canary.name },
              },
            ],
          },
        ]),
  ];
}

function rates({ api: { restApi }, executions }: Monitored): Rate[] {
  return [
    {
      title: "API 5xx error rate (%)",
      partMetricName: "5XXError",
      totalMetricName: "Count",
      metrics: [
        {
          label: "ErrorRate",
          namespace: "AWS/ApiGateway",
          dimensions: { ApiName: restApi.name, Stage: restApi.stageName },
        },
      ],
    },
    {
      title: "Lambda error rate (%)",
      partMetricName: "Errors",
      totalMetricName: "Invocations",
      metrics: [{ label: "Executions", namespace: "AWS/Lambda", dimensions: { FunctionName: executions.name } }],
    },
  ];
}
