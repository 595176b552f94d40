/** The load balancer of the service: its security group, its target group, its listener and its DNS name. */
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { Construct } from "constructs";
import { type Expression, hcl, publicLoadBalancer, resource, TLS_POLICY, tasksAsTargets } from "../../lib";

interface Balanced {
  readonly name: Expression<string>;
  readonly vpcId: Expression<string>;
  readonly publicSubnetIds: Expression<string[]>;
  readonly securityGroupId: Expression<string>;
  readonly port: Expression<number>;
  readonly healthCheckPath: Expression<string>;
  readonly domainName: Expression<string>;
  readonly zoneId: Expression<string>;
  readonly certificateArn: Expression<string>;
  readonly accessLogBucket: Expression<string>;
}

export function balance(scope: Construct, input: Balanced) {
  const group = securityGroup(scope, input);
  const loadBalancer = publicLoadBalancer(scope, {
    name: input.name,
    subnetIds: input.publicSubnetIds,
    securityGroupId: group.id,
    idleTimeoutSeconds: hcl`120`,
    accessLogBucket: input.accessLogBucket,
    withoutWebAcl: hcl`null`,
  });
  const targetGroup = resource(scope, LbTargetGroup, "this", {
    namePrefix: hcl<string>`substr(${input.name}, 0, 6)`,
    ...tasksAsTargets(input.vpcId, {
      port: input.port,
      protocol: hcl`"HTTP"`,
      healthCheckPath: input.healthCheckPath,
      healthCheckIntervalSeconds: hcl`10`,
      healthCheckTimeoutSeconds: hcl`5`,
      deregistrationDelaySeconds: hcl`60`,
    }),
    tags: { Name: input.name },
    lifecycle: { createBeforeDestroy: true },
  });
  const listener = resource(scope, LbListener, "https", {
    loadBalancerArn: loadBalancer.arn,
    port: 443,
    protocol: "HTTPS",
    sslPolicy: TLS_POLICY,
    certificateArn: input.certificateArn,
    defaultAction: [{ type: "forward", targetGroupArn: targetGroup.arn }],
  });
  const record = resource(scope, Route53Record, "this", {
    zoneId: input.zoneId,
    name: input.domainName,
    type: "A",
    alias: { name: loadBalancer.dnsName, zoneId: loadBalancer.zoneId, evaluateTargetHealth: true },
  });
  return { loadBalancer, targetGroup, listener, record };
}

/** The load balancer reaches only the tasks, and nothing else reaches their port. */
function securityGroup(scope: Construct, { name, vpcId, securityGroupId, port }: Balanced) {
  const group = resource(scope, SecurityGroup, "load_balancer", {
    namePrefix: `${name}-load-balancer-`,
    description: "Load balancer",
    vpcId,
    tags: { Name: `${name}-load-balancer` },
    lifecycle: { createBeforeDestroy: true },
  });
  resource(scope, VpcSecurityGroupIngressRule, "clients", {
    securityGroupId: group.id,
    cidrIpv4: "0.0.0.0/0",
    ipProtocol: "tcp",
    fromPort: 443,
    toPort: 443,
    description: "HTTPS from anywhere",
  });
  const toTasks = { ipProtocol: "tcp", fromPort: port, toPort: port, description: "Requests to the tasks" };
  resource(scope, VpcSecurityGroupEgressRule, "tasks", {
    securityGroupId: group.id,
    referencedSecurityGroupId: securityGroupId,
    ...toTasks,
  });
  resource(scope, VpcSecurityGroupIngressRule, "tasks", {
    securityGroupId,
    referencedSecurityGroupId: group.id,
    ...toTasks,
  });
  return group;
}
