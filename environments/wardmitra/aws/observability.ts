/** Alarms and a dashboard that work when the cluster does not: all metrics are those of AWS services. */

import { CloudwatchAlarms } from "../../../modules/cloudwatch-alarms";
import {
  databasePressureAlarms,
  healthyTargetAlarms,
  natGatewayAlarms,
  nodeAlarms,
  postgresAlarms,
  together,
  trafficAlarms,
  webAclAlarms,
} from "../../../modules/cloudwatch-alarms/catalogue";
import { CloudwatchDashboard } from "../../../modules/cloudwatch-dashboard";
import { onGrid } from "../../../modules/cloudwatch-dashboard/layout";
import type { EksNodeGroup } from "../../../modules/eks-node-group";
import type { ComposedEnvironment, Context } from "../context";
import type { Data } from "./data";
import type { Ingress } from "./ingress";
import type { vpc } from "./network";

interface Observed {
  readonly network: ReturnType<typeof vpc>;
  readonly data: Data;
  readonly ingress: Ingress;
  readonly nodes: InstanceType<typeof EksNodeGroup>;
}

export function observability(context: Context, observed: Observed): void {
  const { root, environment, name, alertTopicArn } = context;
  const { network, data, ingress, nodes } = observed;
  const { database, databaseCpus, nodes: group, alarms } = environment.sizing;
  const { arnSuffix, targetGroupArnSuffix } = ingress.loadBalancer;
  const targets = { api: targetGroupArnSuffix };
  const { identifier } = data.database;
  const gateways = natZones(environment).map((zone) => [zone, network.vpc.natGatewayIds.at(zone)] as const);
  new CloudwatchAlarms(root, "alarms", {
    name,
    topicArn: alertTopicArn,
    ...together(
      trafficAlarms(arnSuffix, targets, alarms.traffic),
      healthyTargetAlarms(arnSuffix, targets),
      ...(ingress.webAcl === null ? [] : [webAclAlarms(ingress.webAcl.metricName, environment.region, alarms.webAcl)]),
      postgresAlarms(identifier, { ...alarms.database, instanceClass: database.instanceClass }),
      databasePressureAlarms(identifier, { ...alarms.database, virtualCpus: databaseCpus }),
      nodeAlarms(nodes.autoscalingGroupName, group),
      natGatewayAlarms(Object.fromEntries(gateways)),
    ),
  });
  new CloudwatchDashboard(root, "dashboard", {
    name,
    region: environment.region,
    widgets: onGrid([...trafficWidgets(observed), ...databaseWidgets(observed), nodesWidget(observed)]),
  });
}

/** Zones with a NAT gateway: a single one is in the zone with the lowest addresses. */
function natZones({ zones, sizing }: ComposedEnvironment): string[] {
  const byAddress = Object.entries(zones).toSorted(([, one], [, other]) => one - other);
  return byAddress.map(([zone]) => zone).slice(0, sizing.natGateways === "single" ? 1 : undefined);
}

function trafficWidgets({ ingress }: Observed) {
  const { arnSuffix, targetGroupArnSuffix } = ingress.loadBalancer;
  const metric = (label: string, metricName: string) => ({
    label,
    metricName,
    namespace: "AWS/ApplicationELB",
    dimensions: { LoadBalancer: arnSuffix },
  });
  const targets = (label: string, metricName: string) => ({
    ...metric(label, metricName),
    dimensions: { LoadBalancer: arnSuffix, TargetGroup: targetGroupArnSuffix },
  });
  return [
    { title: "Requests", statistic: "Sum", metrics: [metric("Requests", "RequestCount")] },
    {
      title: "5xx",
      statistic: "Sum",
      metrics: [metric("Load balancer", "HTTPCode_ELB_5XX_Count"), metric("API", "HTTPCode_Target_5XX_Count")],
    },
    { title: "Response time", statistic: "p95", metrics: [metric("95th percentile", "TargetResponseTime")] },
    {
      title: "Targets",
      statistic: "Maximum",
      metrics: [targets("Healthy", "HealthyHostCount"), targets("Unhealthy", "UnHealthyHostCount")],
    },
  ];
}

function databaseWidgets({ data }: Observed) {
  const widget = (title: string, statistic: string, metricName: string) => ({
    title: `Database: ${title}`,
    statistic,
    metrics: [
      {
        label: title,
        metricName,
        namespace: "AWS/RDS",
        dimensions: { DBInstanceIdentifier: data.database.identifier },
      },
    ],
  });
  return [
    widget("active sessions", "Average", "DBLoad"),
    widget("CPU", "Average", "CPUUtilization"),
    widget("connections", "Maximum", "DatabaseConnections"),
    widget("freeable memory", "Minimum", "FreeableMemory"),
    widget("free storage", "Minimum", "FreeStorageSpace"),
  ];
}

function nodesWidget({ nodes }: Observed) {
  const metric = (label: string, metricName: string) => ({
    label,
    metricName,
    namespace: "AWS/AutoScaling",
    dimensions: { AutoScalingGroupName: nodes.autoscalingGroupName },
  });
  return {
    title: "Nodes",
    statistic: "Average",
    metrics: [metric("In service", "GroupInServiceInstances"), metric("Wanted", "GroupDesiredCapacity")],
  };
}
