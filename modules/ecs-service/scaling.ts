/** How many tasks run: between two bounds, as many as the neediest of the metrics asks for. */
import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import type { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import type { Construct } from "constructs";
import { type Expression, isSet, type Resource, resource, resourceIf } from "../../lib";
import { backlogPerTask } from "./backlog";

interface Scaling {
  readonly clusterName: Expression<string>;
  readonly minTasks: Expression<number>;
  readonly maxTasks: Expression<number>;
  readonly cpuTargetPercent: Expression<number>;
  readonly memoryTargetPercent: Expression<number>;
  readonly loadBalancer: Expression<unknown> & {
    readonly arnSuffix: Expression<string>;
    readonly targetGroupArnSuffix: Expression<string>;
    readonly requestsPerTarget: Expression<number>;
  };
  readonly backlog: Expression<unknown> & {
    readonly queueName: Expression<string>;
    readonly messagesPerTask: Expression<number>;
  };
}

/** Out quickly, in slowly: capacity that is missing costs more than capacity that waits. */
const COOLDOWN = { scaleOutCooldown: 60, scaleInCooldown: 300 } as const;

export function scale(scope: Construct, service: Resource<EcsService>, input: Scaling) {
  const target = resource(scope, AppautoscalingTarget, "this", {
    serviceNamespace: "ecs",
    resourceId: `service/${input.clusterName}/${service.name}`,
    scalableDimension: "ecs:service:DesiredCount",
    minCapacity: input.minTasks,
    maxCapacity: input.maxTasks,
  });
  const policy = <M extends object>(metric: string, targetValue: Expression<number>, specification: M) => ({
    name: `${service.name}-${metric}`,
    policyType: "TargetTrackingScaling",
    serviceNamespace: target.serviceNamespace,
    resourceId: target.resourceId,
    scalableDimension: target.scalableDimension,
    targetTrackingScalingPolicyConfiguration: { targetValue, ...COOLDOWN, ...specification },
  });
  const { cpuTargetPercent, memoryTargetPercent, loadBalancer, backlog } = input;
  resource(scope, AppautoscalingPolicy, "cpu", policy("cpu", cpuTargetPercent, predefined("cpu")));
  resource(scope, AppautoscalingPolicy, "memory", policy("memory", memoryTargetPercent, predefined("memory")));
  const requests = predefined("requests", `${loadBalancer.arnSuffix}/${loadBalancer.targetGroupArnSuffix}`);
  resourceIf(scope, AppautoscalingPolicy, "requests", isSet(loadBalancer), {
    ...policy("requests", loadBalancer.requestsPerTarget, requests),
  });
  const metrics = backlogPerTask(backlog.queueName, input.clusterName, service.name);
  resourceIf(scope, AppautoscalingPolicy, "backlog", isSet(backlog), {
    ...policy("backlog", backlog.messagesPerTask, { customizedMetricSpecification: { metrics } }),
  });
}

function predefined(metric: keyof typeof PREDEFINED_METRIC, resourceLabel?: string) {
  return {
    predefinedMetricSpecification: {
      predefinedMetricType: PREDEFINED_METRIC[metric],
      ...(resourceLabel !== undefined && { resourceLabel }),
    },
  };
}

/** @see https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PredefinedMetricSpecification.html */
const PREDEFINED_METRIC = {
  cpu: "ECSServiceAverageCPUUtilization",
  memory: "ECSServiceAverageMemoryUtilization",
  requests: "ALBRequestCountPerTarget",
} as const;
