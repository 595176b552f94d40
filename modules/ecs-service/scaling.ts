/** Scaling by requests and by the messages of a queue, in addition to CPU and memory. */
import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import type { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import type { Construct } from "constructs";
import {
  type Expression,
  isSet,
  predefinedMetric,
  type Resource,
  resourceIf,
  type ServiceScaling,
  scaleService,
} from "../../lib";
import { backlogPerTask } from "./backlog";

interface Scaling extends ServiceScaling {
  readonly loadBalancer: Expression<{
    readonly arnSuffix: string;
    readonly targetGroupArnSuffix: string;
    readonly requestsPerTarget: number;
  } | null>;
  readonly backlog: Expression<{ readonly queueName: string; readonly messagesPerTask: number } | null>;
}

export function scale(scope: Construct, service: Resource<EcsService>, input: Scaling): void {
  const { loadBalancer, backlog } = input;
  const policy = scaleService(scope, service, input);
  resourceIf(scope, AppautoscalingPolicy, "requests", isSet(loadBalancer), (balancer) => {
    const label = `${balancer.arnSuffix}/${balancer.targetGroupArnSuffix}`;
    return policy("requests", balancer.requestsPerTarget, predefinedMetric("ALBRequestCountPerTarget", label));
  });
  resourceIf(scope, AppautoscalingPolicy, "backlog", isSet(backlog), ({ queueName, messagesPerTask }) => {
    const metrics = backlogPerTask(queueName, input.clusterName, service.name);
    return policy("backlog", messagesPerTask, { customizedMetricSpecification: { metrics } });
  });
}
