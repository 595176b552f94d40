import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbListenerRule } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { z } from "zod";
import {
  arnOf,
  BUCKET_NAME,
  defineModule,
  hcl,
  publicLoadBalancer,
  readyAfter,
  resource,
  resourceForEach,
  resourceName,
  set,
  TARGET_GROUP,
  type TargetGroup,
  TLS_POLICY,
  tasksAsTargets,
  text,
  URL_PATH,
  WITHOUT_WEB_ACL_REASON,
} from "../../lib";

export const Alb = defineModule({
  name: "alb",
  description:
    "A public application load balancer that serves only HTTPS on port 443: TLS 1.2 or newer, HTTP/2, invalid headers dropped, access logs, deletion protection.",
  inputs: {
    name: resourceName(32).describe("Name of the load balancer."),
    vpcId: z.string().min(1).describe("Id of the VPC."),
    subnetIds: set(z.string()).describe("Public subnets, in two zones or more."),
    securityGroupId: z.string().min(1).describe("Security group that allows port 443."),
    certificateArn: arnOf("acm").describe("Certificate of the listener, issued."),
    accessLogBucket: BUCKET_NAME.describe("Bucket for the access logs, from the `s3-access-logs` module."),
    withoutWebAcl: WITHOUT_WEB_ACL_REASON,
    idleTimeoutSeconds: z
      .int()
      .min(1)
      .max(4000)
      .default(60)
      .describe("Time without data after which a connection is closed. A slower answer results in status 504."),
    targetGroups: z
      .record(text(/^[a-z][a-z0-9-]*$/, "lower-case names", "Not A Name"), TARGET_GROUP)
      .describe(
        "Target groups by name. `HTTPS` also encrypts the connection to the container and accepts any certificate there; `HTTP` does not.",
      ),
    defaultTargetGroup: z.string().min(1).describe("Target group of requests that match no rule."),
    rules: z
      .record(
        z.string(),
        z.object({
          priority: z.int().min(1).max(50000),
          pathPatterns: set(URL_PATH),
          targetGroup: z.string(),
        }),
      )
      .default({})
      .describe(
        "Paths with another target group, under keys that must not change. The rule with the lowest priority is evaluated first.",
      ),
  },
  rules: [
    {
      inputs: ["targetGroups"],
      allowed: "health checks that time out before the next one starts",
      holds: ({ targetGroups }) =>
        Object.values(targetGroups).every(
          (group) => group.healthCheckTimeoutSeconds < group.healthCheckIntervalSeconds,
        ),
      condition:
        "alltrue([for group in var.target_groups : group.health_check_timeout_seconds < group.health_check_interval_seconds])",
      counterexample: { targetGroups: { web: slowHealthCheck(3000), api: slowHealthCheck(8000) } },
    },
    {
      inputs: ["rules"],
      allowed: "rules with different priorities",
      holds: ({ rules }) =>
        new Set(Object.values(rules).map(({ priority }) => priority)).size === Object.keys(rules).length,
      condition: "length(distinct([for rule in var.rules : rule.priority])) == length(var.rules)",
      counterexample: {
        rules: {
          api: { priority: 10, pathPatterns: ["/api/*"], targetGroup: "api" },
          admin: { priority: 10, pathPatterns: ["/admin/*"], targetGroup: "api" },
        },
      },
    },
    {
      inputs: ["defaultTargetGroup", "targetGroups"],
      allowed: "a default group that is one of the target groups",
      holds: ({ defaultTargetGroup, targetGroups }) => defaultTargetGroup in targetGroups,
      condition: "contains(keys(var.target_groups), var.default_target_group)",
      counterexample: { defaultTargetGroup: "nowhere" },
    },
    {
      inputs: ["rules", "targetGroups"],
      allowed: "rules whose group is one of the target groups",
      holds: ({ rules, targetGroups }) => Object.values(rules).every((rule) => rule.targetGroup in targetGroups),
      condition: "alltrue([for rule in var.rules : contains(keys(var.target_groups), rule.target_group)])",
      counterexample: { rules: { api: { priority: 1, pathPatterns: ["/api/*"], targetGroup: "nowhere" } } },
    },
  ],
  outputs: {
    arn: z.string().describe("ARN of the load balancer."),
    arnSuffix: z.string().describe("Part of the ARN that is the dimension in CloudWatch."),
    dnsName: z.string().describe("DNS name for alias records."),
    zoneId: z.string().describe("Hosted zone for alias records."),
    listenerArn: z.string().describe("ARN of the listener, for rules of other modules such as `lambda-function`."),
    targetGroupArns: z
      .record(z.string(), z.string())
      .describe("ARNs of the target groups, by name, available after the listener forwards to them."),
    targetGroupArnSuffixes: z
      .record(z.string(), z.string())
      .describe("Parts of the target groups' ARNs that are dimensions in CloudWatch, by name."),
  },
  example: {
    name: "shop",
    vpcId: "vpc-0123456789abcdef0",
    subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    securityGroupId: "sg-0123456789abcdef0",
    certificateArn: "arn:aws:acm:eu-central-1:111122223333:certificate/1234abcd-12ab-34cd-56ef-1234567890ab",
    accessLogBucket: "example-access-logs",
    targetGroups: { web: { port: 3000 }, api: { port: 8000 } },
    defaultTargetGroup: "web",
    rules: { api: { priority: 10, pathPatterns: ["/api/*"], targetGroup: "api" } },
  },
  build(scope, input) {
    const loadBalancer = publicLoadBalancer(scope, input);
    const targetGroups = resourceForEach(scope, LbTargetGroup, "this", input.targetGroups, (group, name) => ({
      namePrefix: hcl<string>`substr(${name}, 0, 6)`,
      ...tasksAsTargets(input.vpcId, group),
      tags: { Name: `${input.name}-${name}` },
      lifecycle: { createBeforeDestroy: true },
    }));
    const listener = resource(scope, LbListener, "https", {
      loadBalancerArn: loadBalancer.arn,
      port: 443,
      protocol: "HTTPS",
      sslPolicy: TLS_POLICY,
      certificateArn: input.certificateArn,
      defaultAction: [{ type: "forward", targetGroupArn: targetGroups.at(input.defaultTargetGroup).arn }],
    });
    const rules = resourceForEach(scope, LbListenerRule, "this", input.rules, (rule, name) => ({
      listenerArn: listener.arn,
      priority: rule.priority,
      condition: [{ pathPattern: { values: rule.pathPatterns } }],
      action: [{ type: "forward", targetGroupArn: targetGroups.at(rule.targetGroup).arn }],
      tags: { Name: `${input.name}-${name}` },
    }));
    return {
      arn: loadBalancer.arn,
      arnSuffix: loadBalancer.arnSuffix,
      dnsName: loadBalancer.dnsName,
      zoneId: loadBalancer.zoneId,
      listenerArn: listener.arn,
      targetGroupArns: readyAfter(targetGroups.all("arn"), listener, rules),
      targetGroupArnSuffixes: targetGroups.all("arnSuffix"),
    };
  },
});

/** A target group whose health check times out after its interval. */
function slowHealthCheck(port: number): TargetGroup {
  return {
    port,
    protocol: "HTTPS",
    healthCheckPath: "/health",
    healthCheckIntervalSeconds: 30,
    healthCheckTimeoutSeconds: 30,
    deregistrationDelaySeconds: 60,
  };
}
