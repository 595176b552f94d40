/** A public load balancer and its target groups, for every kind of deployment. */
import { Lb } from "@cdktf/provider-aws/lib/lb";
import type { LbTargetGroupConfig } from "@cdktf/provider-aws/lib/lb-target-group";
import type { Construct } from "constructs";
import { z } from "zod";
import type { Expression } from "../generator/expression/code";
import { hcl } from "../generator/expression/expression";
import { text } from "../generator/inputs/schema";
import { type Arguments, resource } from "../generator/module/resource";
import { WITHOUT_WEB_ACL } from "./load-balancer-tags";
import { TAG_REASON } from "./tag-reason";

export const URL_PATH = text(/^\/[\w\-./*?]*$/, "a path such as /health", "health");

export const TARGET_GROUP = z.object({
  port: z.int().min(1).max(65535),
  protocol: z.enum(["HTTP", "HTTPS"]).default("HTTPS"),
  healthCheckPath: URL_PATH.default("/health"),
  healthCheckIntervalSeconds: z.int().min(5).max(300).default(30),
  healthCheckTimeoutSeconds: z.int().min(2).max(120).default(5),
  deregistrationDelaySeconds: z.int().min(0).max(3600).default(60),
});
export type TargetGroup = z.output<typeof TARGET_GROUP>;

/**
 * TLS 1.2 and 1.3 with forward secrecy and authenticated encryption only.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
export const TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06";

interface LoadBalancer {
  readonly name: Expression<string>;
  readonly subnetIds: Expression<string[]>;
  readonly securityGroupId: Expression<string>;
  readonly idleTimeoutSeconds: Expression<number>;
  readonly accessLogBucket: Expression<string>;
  readonly withoutWebAcl: Expression<string | null>;
}

export const WITHOUT_WEB_ACL_REASON = TAG_REASON.nullable()
  .default(null)
  .describe(
    "Why no web ACL stands in front of the load balancer, as a tag of it; null where one does, which the `web-acl` module puts there.",
  );

export function publicLoadBalancer(scope: Construct, input: LoadBalancer) {
  return resource(scope, Lb, "this", {
    name: input.name,
    loadBalancerType: "application",
    internal: false,
    subnets: input.subnetIds,
    securityGroups: [input.securityGroupId],
    enableDeletionProtection: true,
    idleTimeout: input.idleTimeoutSeconds,
    enableHttp2: true,
    dropInvalidHeaderFields: true,
    desyncMitigationMode: "defensive",
    tags: hcl<
      Record<string, string>
    >`${input.withoutWebAcl} == null ? null : { (${WITHOUT_WEB_ACL}) = ${input.withoutWebAcl} }`,
    accessLogs: { enabled: true, bucket: input.accessLogBucket, prefix: input.name },
  });
}

/** Arguments of a target group of tasks, without its name. */
export function tasksAsTargets(
  vpcId: Expression<string>,
  group: { readonly [K in keyof TargetGroup]: Expression<TargetGroup[K]> },
): Arguments<LbTargetGroupConfig> {
  return {
    vpcId,
    targetType: "ip",
    port: group.port,
    protocol: group.protocol,
    deregistrationDelay: hcl<string>`tostring(${group.deregistrationDelaySeconds})`,
    healthCheck: {
      path: group.healthCheckPath,
      protocol: group.protocol,
      matcher: "200-299",
      interval: group.healthCheckIntervalSeconds,
      timeout: group.healthCheckTimeoutSeconds,
      healthyThreshold: 2,
      unhealthyThreshold: 3,
    },
  };
}
