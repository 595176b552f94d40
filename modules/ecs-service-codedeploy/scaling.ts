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
 * The predefined ALBRequestCountPerTarget reads one target group, which has no requests after every other deployment. The
 * sum of both groups' requests per target is correct, also during a deployment. For this metric, "Sum" is the average over
 * the tasks, and SUM over a list skips a group without data.
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
