/** Metrics from log lines, alarms, and one dashboard. */
import type { Expression } from "../../lib";
import { CloudwatchAlarms } from "../../modules/cloudwatch-alarms";
import {
  databaseAlarms,
  emailAlarms,
  loadBalancerAlarms,
  serviceAlarms,
  together,
} from "../../modules/cloudwatch-alarms/catalogue";
import { CloudwatchDashboard } from "../../modules/cloudwatch-dashboard";
import { onGrid } from "../../modules/cloudwatch-dashboard/layout";
import { CloudwatchLogMetrics } from "../../modules/cloudwatch-log-metrics";
import type { Containers } from "./containers";
import type { Context } from "./context";
import type { Data } from "./data";
import type { Ingress } from "./ingress";
import { SERVICE_NAMES } from "./services";

/** Metrics from JSON log lines with the given `event`. `success` is 1 or 0, so that its average is a rate. */
const CUSTOM_METRICS = {
  "api-latency": {
    task: "backend-service",
    event: "request",
    value: "$.duration_ms",
    unit: "Milliseconds",
    title: "API latency",
    statistic: "p95",
  },
  "parsing-duration": {
    task: "parser-service",
    event: "document_parsed",
    value: "$.duration_ms",
    unit: "Milliseconds",
    title: "Parsing duration",
    statistic: "p95",
  },
  "notification-success": {
    task: "notification-worker",
    event: "notification",
    value: "$.success",
    unit: "None",
    title: "Notification success rate",
    statistic: "Average",
  },
  "compliance-engine-time": {
    task: "backend-service",
    event: "compliance_check",
    value: "$.duration_ms",
    unit: "Milliseconds",
    title: "Compliance engine execution time",
    statistic: "p95",
  },
} as const;

export function observability(
  context: Context,
  data: Data,
  loadBalancer: Ingress,
  { cluster, tasks }: Containers,
): void {
  const { root, environment, name, alertTopicArn } = context;
  const namespace = `CredentialMate/${environment.name}`;
  new CloudwatchLogMetrics(root, "log_metrics", {
    namespace,
    metrics: Object.fromEntries(
      Object.entries(CUSTOM_METRICS).map(([metricName, { task, event, value, unit }]) => [
        metricName,
        { logGroupName: tasks[task].logGroupName, pattern: `{ $.event = "${event}" }`, metricName, value, unit },
      ]),
    ),
  });
  new CloudwatchAlarms(root, "alarms", {
    name,
    topicArn: alertTopicArn,
    ...together(
      {
        alarms: {
          ...loadBalancerAlarms(
            loadBalancer.arnSuffix,
            {
              "frontend-service": loadBalancer.targetGroupArnSuffixes.at("frontend-service"),
              "backend-service": loadBalancer.targetGroupArnSuffixes.at("backend-service"),
            },
            { errorsPer5Minutes: environment.sizing.errorsPer5Minutes },
          ),
          ...databaseAlarms(data.database.identifier, {
            cpuPercent: 70,
            freeStorageGiB: 5,
            instanceClass: environment.sizing.database.instanceClass,
            connectionPercent: 80,
          }),
          ...emailAlarms({ bounceRate: 0.05 }),
        },
      },
      // Workers have no target group whose health could be watched.
      serviceAlarms(cluster.name, Object.fromEntries(SERVICE_NAMES.map((service) => [service, service])), {
        cpuPercent: 85,
        memoryPercent: 85,
        off: SERVICE_NAMES.filter((service) => environment.sizing.services[service].maxTasks === 0),
      }),
    ),
  });
  const custom = Object.entries(CUSTOM_METRICS).map(([metricName, { title, statistic }]) => ({
    title,
    statistic,
    metrics: [{ label: title, namespace, metricName }],
  }));
  const widgets = [...custom, ...standardWidgets(data, loadBalancer, cluster.name)];
  new CloudwatchDashboard(root, "dashboard", {
    name,
    region: environment.region,
    widgets: onGrid(widgets),
  });
}

function standardWidgets({ database }: Data, loadBalancer: Ingress, clusterName: Expression<string>) {
  const onLoadBalancer = (label: string, metricName: string) => ({
    label,
    metricName,
    namespace: "AWS/ApplicationELB",
    dimensions: { LoadBalancer: loadBalancer.arnSuffix },
  });
  const onDatabase = (label: string, metricName: string) => ({
    label,
    metricName,
    namespace: "AWS/RDS",
    dimensions: { DBInstanceIdentifier: database.identifier },
  });
  const onServices = (metricName: string, namespace = "AWS/ECS") =>
    SERVICE_NAMES.map((label) => ({
      label,
      metricName,
      namespace,
      dimensions: { ClusterName: clusterName, ServiceName: label },
    }));
  return [
    { title: "Requests", statistic: "Sum", metrics: [onLoadBalancer("Requests", "RequestCount")] },
    {
      title: "5xx",
      statistic: "Sum",
      metrics: [
        onLoadBalancer("Load balancer", "HTTPCode_ELB_5XX_Count"),
        onLoadBalancer("Targets", "HTTPCode_Target_5XX_Count"),
      ],
    },
    {
      title: "Unhealthy targets",
      statistic: "Maximum",
      metrics: (["frontend-service", "backend-service"] as const).map((service) => ({
        label: service,
        metricName: "UnHealthyHostCount",
        namespace: "AWS/ApplicationELB",
        dimensions: {
          LoadBalancer: loadBalancer.arnSuffix,
          TargetGroup: loadBalancer.targetGroupArnSuffixes.at(service),
        },
      })),
    },
    { title: "Service CPU", statistic: "Average", metrics: onServices("CPUUtilization") },
    { title: "Service memory", statistic: "Average", metrics: onServices("MemoryUtilization") },
    { title: "Running tasks", statistic: "Average", metrics: onServices("RunningTaskCount", "ECS/ContainerInsights") },
    { title: "Database CPU", statistic: "Average", metrics: [onDatabase("CPU", "CPUUtilization")] },
    { title: "Database free storage", statistic: "Minimum", metrics: [onDatabase("Free storage", "FreeStorageSpace")] },
    {
      title: "Database connections",
      statistic: "Maximum",
      metrics: [onDatabase("Connections", "DatabaseConnections")],
    },
    {
      title: "E-mail bounce rate",
      statistic: "Maximum",
      metrics: [{ label: "Bounce rate", namespace: "AWS/SES", metricName: "Reputation.BounceRate" }],
    },
  ];
}
