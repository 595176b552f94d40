import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import type { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import type { Construct } from "constructs";
import { type Expression, type Resource, resource } from "../../lib";

interface Scaling {
  readonly clusterName: Expression<string>;
  readonly minTasks: Expression<number>;
  readonly maxTasks: Expression<number>;
  readonly cpuTargetPercent: Expression<number>;
  readonly memoryTargetPercent: Expression<number>;
  readonly requestsPerTarget: Expression<number>;
  readonly loadBalancerArnSuffix: Expression<string>;
  readonly targetGroups: Readonly<Record<"blue" | "green", { readonly arnSuffix: Expression<string> }>>;
}

/** Out quickly, in slowly: capacity that is missing costs more than capacity that waits. */
const COOLDOWN = { scaleOutCooldown: 60, scaleInCooldown: 300 } as const;

export function scale(scope: Construct, service: Resource<EcsService>, input: Scaling): void {
  const target = resource(scope, AppautoscalingTarget, "this", {
    serviceNamespace: "ecs",
    resourceId: `service/${input.clusterName}/${service.name}`,
    scalableDimension: "ecs:service:DesiredCount",
    minCapacity: input.minTasks,
    maxCapacity: input.maxTasks,
  });
  const policy = (metric: string) => ({
    name: `${service.name}-${metric}`,
    policyType: "TargetTrackingScaling",
    serviceNamespace: target.serviceNamespace,
    resourceId: target.resourceId,
    scalableDimension: target.scalableDimension,
  });
  resource(scope, AppautoscalingPolicy, "cpu", {
    ...policy("cpu"),
    targetTrackingScalingPolicyConfiguration: {
      targetValue: input.cpuTargetPercent,
      ...COOLDOWN,
      predefinedMetricSpecification: { predefinedMetricType: "ECSServiceAverageCPUUtilization" },
    },
  });
  resource(scope, AppautoscalingPolicy, "memory", {
    ...policy("memory"),
    targetTrackingScalingPolicyConfiguration: {
      targetValue: input.memoryTargetPercent,
      ...COOLDOWN,
      predefinedMetricSpecification: { predefinedMetricType: "ECSServiceAverageMemoryUtilization" },
    },
  });
  resource(scope, AppautoscalingPolicy, "requests", {
    ...policy("requests"),
    targetTrackingScalingPolicyConfiguration: {
      targetValue: input.requestsPerTarget,
      ...COOLDOWN,
      customizedMetricSpecification: { metrics: requestsOfBothGroups(input) },
    },
  });
}

/**
 * The predefined ALBRequestCountPerTarget knows one target group, and after every other deployment it would be the one
 * without requests. Both groups' requests a task add up to the service's, also while a deployment moves them. Of this
 * metric, "Sum" is the average over the tasks, and SUM over a list passes over a group that has no data.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
function requestsOfBothGroups({ loadBalancerArnSuffix, targetGroups }: Scaling) {
  const requests = (id: "blue" | "green") => ({
    id,
    metricStat: {
      metric: {
        namespace: "AWS/ApplicationELB",
        metricName: "RequestCountPerTarget",
        dimensions: [
          { name: "LoadBalancer", value: loadBalancerArnSuffix },
          { name: "TargetGroup", value: targetGroups[id].arnSuffix },
        ],
      },
      stat: "Sum",
    },
    returnData: false,
  });
  return [
    requests("blue"),
    requests("green"),
    { id: "both", label: "Requests per task", expression: "SUM([blue, green])", returnData: true },
  ];
}
