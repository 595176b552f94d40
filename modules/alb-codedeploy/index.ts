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

const GROUP = z.object({ arn: z.string(), name: z.string(), arnSuffix: z.string() });

export const AlbCodedeploy = defineModule({
  name: "alb-codedeploy",
  description:
    "A public application load balancer for one service that CodeDeploy deploys: HTTPS on 443 and on a test port, and two target groups that CodeDeploy swaps behind them. Terraform leaves alone where the listeners send requests.",
  inputs: {
    name: resourceName(26).describe(
      "Name of the load balancer, and prefix of its target groups: `<name>-blue`, `<name>-green`.",
    ),
    vpcId: z.string().min(1).describe("Id of the VPC."),
    subnetIds: set(z.string()).describe("Public subnets, in two zones or more."),
    securityGroupId: z
      .string()
      .min(1)
      .describe("Security group that admits port 443, and the test port from those who test and from nobody else."),
    certificateArn: arnOf("acm").describe("Certificate of both listeners, issued."),
    accessLogBucket: BUCKET_NAME.describe("Bucket for the access logs, of the `s3-access-logs` module."),
    withoutWebAcl: WITHOUT_WEB_ACL_REASON,
    idleTimeoutSeconds: z
      .int()
      .min(1)
      .max(4000)
      .default(60)
      .describe("Time without a byte after which a connection is closed: what takes longer to answer gets 504."),
    targetGroup: TARGET_GROUP.describe(
      "Both target groups. `HTTPS` encrypts on the way to the container too, and takes any certificate there; `HTTP` does not. Port and protocol stay as they are first: a plan that changes either fails.",
    ),
    testPort: z
      .int()
      .min(1024)
      .max(65535)
      .default(8443)
      .describe("Port on which a new version answers before it gets requests from 443."),
  },
  rules: [
    {
      inputs: ["targetGroup"],
      allowed: "a health check that times out before the next one starts",
      holds: ({ targetGroup }) => targetGroup.healthCheckTimeoutSeconds < targetGroup.healthCheckIntervalSeconds,
      condition: "var.target_group.health_check_timeout_seconds < var.target_group.health_check_interval_seconds",
      counterexample: {
        targetGroup: {
          port: 8000,
          protocol: "HTTPS",
          healthCheckPath: "/health",
          healthCheckIntervalSeconds: 30,
          healthCheckTimeoutSeconds: 30,
          deregistrationDelaySeconds: 60,
        },
      },
    },
  ],
  outputs: {
    arn: z.string().describe("ARN of the load balancer."),
    arnSuffix: z.string().describe("Part of the ARN that CloudWatch uses as dimension."),
    dnsName: z.string().describe("DNS name for alias records."),
    zoneId: z.string().describe("Hosted zone for alias records."),
    listenerArn: z.string().describe("Listener on 443."),
    testListenerArn: z.string().describe("Listener on the test port."),
    targetGroups: z
      .object({ blue: GROUP, green: GROUP })
      .describe(
        "ARNs, names and CloudWatch dimensions of both target groups, once the listeners send them requests. The first tasks belong into blue.",
      ),
  },
  example: {
    name: "shop",
    vpcId: "vpc-0123456789abcdef0",
    subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    securityGroupId: "sg-0123456789abcdef0",
    certificateArn: "arn:aws:acm:eu-central-1:111122223333:certificate/1234abcd-12ab-34cd-56ef-1234567890ab",
    accessLogBucket: "example-access-logs",
    targetGroup: { port: 8000 },
  },
  build(scope, input) {
    const loadBalancer = publicLoadBalancer(scope, input);
    const targetGroup = (color: "blue" | "green") =>
      resource(scope, LbTargetGroup, color, {
        ...tasksAsTargets(input.vpcId, input.targetGroup),
        name: `${input.name}-${color}`,
        // Another port or protocol means another group. The plan fails here, before the apply closes the port of running tasks.
        lifecycle: { preventDestroy: true },
      });
    const blue = targetGroup("blue");
    const green = targetGroup("green");
    const listener = {
      loadBalancerArn: loadBalancer.arn,
      protocol: "HTTPS",
      sslPolicy: TLS_POLICY,
      certificateArn: input.certificateArn,
      // A deployment starts only where both listeners point at the group of the running tasks: at first, blue.
      defaultAction: [{ type: "forward", targetGroupArn: blue.arn }],
      lifecycle: { ignoreChanges: ["defaultAction"] as const },
    };
    const https = resource(scope, LbListener, "https", { ...listener, port: 443 });
    const test = resource(scope, LbListener, "test", { ...listener, port: input.testPort });
    const group = ({ arn, name, arnSuffix }: typeof blue) => ({ arn, name, arnSuffix });
    return {
      arn: loadBalancer.arn,
      arnSuffix: loadBalancer.arnSuffix,
      dnsName: loadBalancer.dnsName,
      zoneId: loadBalancer.zoneId,
      listenerArn: https.arn,
      testListenerArn: test.arn,
      targetGroups: readyAfter({ blue: group(blue), green: group(green) }, https, test),
    };
  },
});
