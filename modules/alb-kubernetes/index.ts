import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { z } from "zod";
import {
  arnOf,
  BUCKET_NAME,
  defineModule,
  publicLoadBalancer,
  readyAfter,
  resource,
  resourceName,
  set,
  TARGET_GROUP,
  TLS_POLICY,
  tasksAsTargets,
  WITHOUT_WEB_ACL_REASON,
} from "../../lib";

export const AlbKubernetes = defineModule({
  name: "alb-kubernetes",
  description:
    "A public application load balancer for the pods of one Kubernetes service: HTTPS on port 443 only, TLS 1.2 or newer, access logs, deletion protection. The AWS Load Balancer Controller registers the pods by a TargetGroupBinding, which finds the target group by its name.",
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
    targetGroupName: resourceName(32).describe("Name of the target group, for `targetGroupName` of the binding."),
    targetGroup: TARGET_GROUP.describe(
      "The target group. `HTTPS` also encrypts the connection to the pod and accepts any certificate there; `HTTP` does not. Port and protocol cannot change: a plan that changes one of them fails.",
    ),
  },
  rules: [
    {
      inputs: ["targetGroup"],
      allowed: "a health check that times out before the next one starts",
      holds: ({ targetGroup }) => targetGroup.healthCheckTimeoutSeconds < targetGroup.healthCheckIntervalSeconds,
      condition: "var.target_group.health_check_timeout_seconds < var.target_group.health_check_interval_seconds",
      counterexample: {
        targetGroup: {
          port: 8080,
          protocol: "HTTP",
          healthCheckPath: "/health",
          healthCheckIntervalSeconds: 10,
          healthCheckTimeoutSeconds: 20,
          deregistrationDelaySeconds: 60,
        },
      },
    },
  ],
  outputs: {
    arn: z.string().describe("ARN of the load balancer."),
    arnSuffix: z.string().describe("Part of the ARN that is the dimension in CloudWatch."),
    dnsName: z.string().describe("DNS name for alias records."),
    zoneId: z.string().describe("Hosted zone for alias records."),
    targetGroupArn: z
      .string()
      .describe("ARN of the target group, for the controller's policy, available after the listener forwards to it."),
    targetGroupArnSuffix: z.string().describe("Part of the target group's ARN that is the dimension in CloudWatch."),
  },
  example: {
    name: "shop",
    vpcId: "vpc-0123456789abcdef0",
    subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    securityGroupId: "sg-0123456789abcdef0",
    certificateArn: "arn:aws:acm:eu-central-1:111122223333:certificate/1234abcd-12ab-34cd-56ef-1234567890ab",
    accessLogBucket: "example-access-logs",
    targetGroupName: "shop-api",
    targetGroup: { port: 8080, protocol: "HTTP" },
  },
  build(scope, input) {
    const loadBalancer = publicLoadBalancer(scope, input);
    const targetGroup = resource(scope, LbTargetGroup, "this", {
      ...tasksAsTargets(input.vpcId, input.targetGroup),
      name: input.targetGroupName,
      // The binding has the name: a replacement cannot be created before the old group is destroyed.
      lifecycle: { preventDestroy: true },
    });
    const listener = resource(scope, LbListener, "https", {
      loadBalancerArn: loadBalancer.arn,
      port: 443,
      protocol: "HTTPS",
      sslPolicy: TLS_POLICY,
      certificateArn: input.certificateArn,
      defaultAction: [{ type: "forward", targetGroupArn: targetGroup.arn }],
    });
    return {
      arn: loadBalancer.arn,
      arnSuffix: loadBalancer.arnSuffix,
      dnsName: loadBalancer.dnsName,
      zoneId: loadBalancer.zoneId,
      targetGroupArn: readyAfter(targetGroup.arn, listener),
      targetGroupArnSuffix: targetGroup.arnSuffix,
    };
  },
});
