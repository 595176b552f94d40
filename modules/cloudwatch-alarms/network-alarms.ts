import type { Value } from "../../lib";
import { type Alarm, type AlarmSet, LASTING } from "./alarm";

/**
 * Alarms of NAT gateways, by the zones of the gateways: one has no port left for a connection.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/metrics-dimensions-nat-gateway.html
 */
export function natGatewayAlarms(gatewayIds: Readonly<Record<string, Value<string>>>): AlarmSet {
  const alarms = Object.entries(gatewayIds).map(([zone, gatewayId]): [string, Alarm] => [
    `nat-${zone}-ports`,
    {
      description: `The NAT gateway in ${zone} refuses connections, because all of its ports are in use`,
      runbook: "Look first at the flow logs: which address has most of the connections, and to which destination.",
      namespace: "AWS/NATGateway",
      dimensions: { NatGatewayId: gatewayId },
      metricName: "ErrorPortAllocation",
      statistic: "Sum",
      comparison: "GreaterThanThreshold",
      threshold: 0,
      treatMissingData: "notBreaching",
    },
  ]);
  return { alarms: Object.fromEntries(alarms) };
}

/**
 * Alarms of interface endpoints, by their services: an endpoint drops packets, so that calls of the service fail or wait.
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-cloudwatch-metrics.html
 */
export function endpointAlarms(
  endpointIds: Readonly<Record<string, Value<string>>>,
  { vpcId, region }: { readonly vpcId: Value<string>; readonly region: string },
  { droppedPacketsPer5Minutes }: { readonly droppedPacketsPer5Minutes: number },
): AlarmSet {
  const alarms = Object.entries(endpointIds).map(([service, endpointId]): [string, Alarm] => [
    `endpoint-${service.replaceAll(".", "-")}`,
    {
      description: `The endpoint of ${service} drops packets`,
      runbook:
        "Look first at the health dashboard of AWS for the service, then at the traffic of the endpoint: more than 45 Gbit/s is too much.",
      namespace: "AWS/PrivateLinkEndpoints",
      dimensions: {
        "Endpoint Type": "Interface",
        "Service Name": `com.amazonaws.${region}.${service}`,
        "VPC Endpoint Id": endpointId,
        "VPC Id": vpcId,
      },
      metricName: "PacketsDropped",
      statistic: "Sum",
      comparison: "GreaterThanThreshold",
      threshold: droppedPacketsPer5Minutes,
      ...LASTING,
      treatMissingData: "notBreaching",
    },
  ]);
  return { alarms: Object.fromEntries(alarms) };
}

/**
 * Alarm of a web ACL: it blocks more requests than usual scanners send. The alarm and its topic are in the region of the metrics.
 * @param metricName of the web ACL
 * @param region of the web ACL; null for a web ACL of CloudFront, whose metrics are in us-east-1 and have no region
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/waf-metrics.html
 */
export function webAclAlarms(
  metricName: Value<string>,
  region: string | null,
  { blockedPer5Minutes }: { readonly blockedPer5Minutes: number },
): AlarmSet {
  return {
    alarms: {
      "web-acl-blocked-requests": {
        description: "The web ACL blocks many requests: an attack, or a rule that refuses clients",
        runbook: "Look first at the log of the web ACL: which rule blocks, and whether the addresses are of clients.",
        namespace: "AWS/WAFV2",
        dimensions: { WebACL: metricName, ...(region !== null && { Region: region }), Rule: "ALL" },
        metricName: "BlockedRequests",
        statistic: "Sum",
        comparison: "GreaterThanThreshold",
        threshold: blockedPer5Minutes,
        ...LASTING,
        treatMissingData: "notBreaching",
      },
    },
  };
}
