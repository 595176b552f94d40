import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { Construct } from "constructs";
import { condition, type Expression, hcl, partition, type Ref, resourceIf, serviceTrust } from "../../lib";

interface MonitoringInput {
  readonly name: Expression<string>;
  readonly accountId: Expression<string>;
  readonly permissionsBoundaryArn: Expression<string | null>;
  /** RDS accepts no role without metrics. */
  readonly monitoringSeconds: Expression<number>;
  readonly monitoringRole: Ref<{ arn: string } | null>;
}

/** Allows RDS to send metrics of the operating system. RDS refuses to create an instance if the role may not. */
export function monitoringRole(scope: Construct, input: MonitoringInput) {
  const makes = condition`${input.monitoringRole} == null && ${input.monitoringSeconds} > 0`;
  const role = resourceIf(scope, IamRole, "monitoring", makes, {
    name: `${input.name}-rds-monitoring`,
    description: "Lets RDS send metrics of the operating system",
    permissionsBoundary: input.permissionsBoundaryArn,
    assumeRolePolicy: serviceTrust(scope, "monitoring_trust", "monitoring.rds.amazonaws.com", input.accountId),
  });
  const policy = resourceIf(scope, IamRolePolicyAttachment, "monitoring", makes, {
    role: hcl<string>`one(${role}).name`,
    policyArn: `arn:${partition(scope)}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole`,
  });
  const arn = hcl<
    string | null
  >`${input.monitoringSeconds} == 0 ? null : ${input.monitoringRole} == null ? one(${role}).arn : ${input.monitoringRole}.arn`;
  return { arn, policy };
}
