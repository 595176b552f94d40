/** Scaling by what a service may have beside CPU and memory: requests, and the messages of a queue. */
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

export function scale(scope: Construct, service: Resource<EcsService>, input: Scaling): void {
  const { loadBalancer, backlog } = input;
  const policy = scaleService(scope, service, input);
  const label = `${loadBalancer.arnSuffix}/${loadBalancer.targetGroupArnSuffix}`;
  resourceIf(scope, AppautoscalingPolicy, "requests", isSet(loadBalancer), {
    ...policy("requests", loadBalancer.requestsPerTarget, predefinedMetric("ALBRequestCountPerTarget", label)),
  });
  const metrics = backlogPerTask(backlog.queueName, input.clusterName, service.name);
  resourceIf(scope, AppautoscalingPolicy, "backlog", isSet(backlog), {
    ...policy("backlog", backlog.messagesPerTask, { customizedMetricSpecification: { metrics } }),
  });
}
