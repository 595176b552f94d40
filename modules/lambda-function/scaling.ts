/** Provisioned concurrency: environments that are ready before a request comes, as many as the utilization needs. */
import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import type { LambdaAlias } from "@cdktf/provider-aws/lib/lambda-alias";
import type { Construct } from "constructs";
import { type Expression, hcl, predefinedMetric, type ResourceMap, resourceForEach } from "../../lib";

type Provisioned = Expression<
  Record<string, { readonly provisionedConcurrency: { readonly min: number; readonly max: number } | null }>
>;

/** The minimum of the target makes the provisioned concurrency: a resource of its own would undo the scaling. */
export function scaleProvisionedConcurrency(
  scope: Construct,
  provisioned: Provisioned,
  functionName: Expression<string>,
  aliases: ResourceMap<LambdaAlias>,
): void {
  const targets = resourceForEach(
    scope,
    AppautoscalingTarget,
    "this",
    provisioned,
    ({ provisionedConcurrency }, alias) => ({
      serviceNamespace: "lambda",
      resourceId: `function:${functionName}:${aliases.at(alias).name}`,
      scalableDimension: "lambda:function:ProvisionedConcurrency",
      minCapacity: hcl<number>`try(${provisionedConcurrency}.min, null)`,
      maxCapacity: hcl<number>`try(${provisionedConcurrency}.max, null)`,
    }),
  );
  resourceForEach(scope, AppautoscalingPolicy, "this", provisioned, (_, alias) => {
    const target = targets.at(alias);
    return {
      name: hcl<string>`format("%s-%s-provisioned", ${functionName}, ${alias})`,
      policyType: "TargetTrackingScaling",
      serviceNamespace: target.serviceNamespace,
      resourceId: target.resourceId,
      scalableDimension: target.scalableDimension,
      targetTrackingScalingPolicyConfiguration: {
        targetValue: 0.7,
        ...predefinedMetric("LambdaProvisionedConcurrencyUtilization"),
      },
    };
  });
}
