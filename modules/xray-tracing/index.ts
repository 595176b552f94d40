import { XrayGroup } from "@cdktf/provider-aws/lib/xray-group";
import { XraySamplingRule } from "@cdktf/provider-aws/lib/xray-sampling-rule";
import { z } from "zod";
import { defineModule, resource, resourceName, sizing, text } from "../../lib";

export const XrayTracing = defineModule({
  name: "xray-tracing",
  description:
    "Traces of a service in X-Ray: the part of its requests that is traced, and a group of its traces with metrics and insights, which report unusual faults.",
  inputs: {
    /** @see https://docs.aws.amazon.com/xray/latest/api/API_SamplingRule.html */
    name: resourceName(32).describe("Name of the group and of the sampling rule."),
    serviceName: text(/^[\w-]{1,64}$/, "up to 64 letters, digits, _ and -", "a service").describe(
      "Name of the service in its traces, as its SDK sends it.",
    ),
    priority: z
      .int()
      .min(1)
      .max(9999)
      .default(1000)
      .describe("The rule with the lowest number that matches a request decides."),
    reservoirPerSecond: sizing(z.int().min(0).max(1000)).describe("Requests each second that are always traced."),
    rate: sizing(z.number().min(0).max(1)).describe("Part of the further requests that is traced."),
  },
  outputs: {
    groupName: z.string().describe("Name of the group, which is the dimension of its metrics."),
  },
  example: { name: "shop-prod", serviceName: "shop-prod-api", reservoirPerSecond: 1, rate: 0.05 },
  build(scope, input) {
    const group = resource(scope, XrayGroup, "this", {
      groupName: input.name,
      filterExpression: `service("${input.serviceName}")`,
      insightsConfiguration: { insightsEnabled: true, notificationsEnabled: false },
    });
    resource(scope, XraySamplingRule, "this", {
      ruleName: input.name,
      priority: input.priority,
      version: 1,
      serviceName: input.serviceName,
      reservoirSize: input.reservoirPerSecond,
      fixedRate: input.rate,
      // X-Ray requires each field. A sampling rule matches requests of every kind.
      host: "*",
      httpMethod: "*",
      resourceArn: "*",
      serviceType: "*",
      urlPath: "*",
    });
    return { groupName: group.groupName };
  },
});
