/** Scaling by the requests of both target groups, in addition to CPU and memory. */
import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import type { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import type { Construct } from "constructs";
import { type Expression, type Resource, resource, type ServiceScaling, scaleService } from "../../lib";

interface Scaling extends ServiceScaling {
  readonly requestsPerTarget: Expression<number>;
  readonly loadBalancerArnSuffix: Expression<string>;
  readonly targetGroups: Readonly<Record<"blue" | "green", { readonly arnSuffix: Expression<string> }>>;
}

export function scale(scope: Construct, service: Resource<EcsService>, input: Scaling): void {
  const policy = scaleService(scope, service, input);
  resource(scope, AppautoscalingPolicy, "requests", {
    ...policy("requests", input.requestsPerTarget, {
      customizedMetricSpecification: { metrics: requestsOfBothGroups(input) },
    }),
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
