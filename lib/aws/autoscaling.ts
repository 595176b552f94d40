/** Scaling of a service between two numbers of tasks: the metric that needs the most tasks decides. */
import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import type { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import type { Construct } from "constructs";
import type { Expression } from "../generator/expression/code";
import type { Resource } from "../generator/module/attribute";
import { resource } from "../generator/module/resource";

export interface ServiceScaling {
  readonly clusterName: Expression<string>;
  readonly minTasks: Expression<number>;
  readonly maxTasks: Expression<number>;
  readonly cpuTargetPercent: Expression<number>;
  readonly memoryTargetPercent: Expression<number>;
}

/** Scales out quickly and in slowly, since missing capacity costs more than idle capacity. */
const COOLDOWN = { scaleOutCooldown: 60, scaleInCooldown: 300 } as const;

/**
 * Scales by CPU and memory. Returns a function that makes the arguments of a policy for a further metric from the policy's
 * name, its target value and its metric.
 */
export function scaleService(scope: Construct, service: Resource<EcsService>, input: ServiceScaling) {
  const policy = scalableService(scope, service, input);
  resource(scope, AppautoscalingPolicy, "cpu", policy("cpu", input.cpuTargetPercent, SCALING_CPU));
  resource(scope, AppautoscalingPolicy, "memory", policy("memory", input.memoryTargetPercent, SCALING_MEMORY));
  return policy;
}

/** A target of scaling without policies. Returns a function that makes the arguments of a policy. */
export function scalableService(
  scope: Construct,
  service: Resource<EcsService>,
  input: Pick<ServiceScaling, "clusterName" | "minTasks" | "maxTasks">,
) {
  const target = resource(scope, AppautoscalingTarget, "this", {
    serviceNamespace: "ecs",
    resourceId: `service/${input.clusterName}/${service.name}`,
    scalableDimension: "ecs:service:DesiredCount",
    minCapacity: input.minTasks,
    maxCapacity: input.maxTasks,
  });
  return <M extends object>(metric: string, targetValue: Expression<number>, specification: M) => ({
    name: `${service.name}-${metric}`,
    policyType: "TargetTrackingScaling",
    serviceNamespace: target.serviceNamespace,
    resourceId: target.resourceId,
    scalableDimension: target.scalableDimension,
    targetTrackingScalingPolicyConfiguration: { targetValue, ...COOLDOWN, ...specification },
  });
}

/** @see https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PredefinedMetricSpecification.html */
export function predefinedMetric(predefinedMetricType: string, resourceLabel?: string) {
  return {
    predefinedMetricSpecification: { predefinedMetricType, ...(resourceLabel !== undefined && { resourceLabel }) },
  };
}

export const SCALING_CPU = predefinedMetric("ECSServiceAverageCPUUtilization");
export const SCALING_MEMORY = predefinedMetric("ECSServiceAverageMemoryUtilization");
