/** Scaling by CPU, memory, requests and the messages of a queue: each of them only with a target. */
import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import type { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import type { Construct } from "constructs";
import {
  condition,
  type Expression,
  hcl,
  isSet,
  predefinedMetric,
  type Resource,
  resourceIf,
  SCALING_CPU,
  SCALING_MEMORY,
  type ServiceScaling,
  scalableService,
} from "../../lib";
import { backlogPerTask } from "./backlog";

interface Scaling extends Pick<ServiceScaling, "clusterName" | "minTasks" | "maxTasks"> {
  readonly cpuTargetPercent: Expression<number | null>;
  readonly memoryTargetPercent: Expression<number | null>;
  readonly loadBalancer: Expression<{
    readonly arnSuffix: string;
    readonly targetGroupArnSuffix: string;
    readonly requestsPerTarget: number | null;
  } | null>;
  readonly backlog: Expression<{ readonly queueName: string; readonly messagesPerTask: number } | null>;
}

export function scale(scope: Construct, service: Resource<EcsService>, input: Scaling): void {
  const { loadBalancer, backlog } = input;
  const policy = scalableService(scope, service, input);
  resourceIf(scope, AppautoscalingPolicy, "cpu", isSet(input.cpuTargetPercent), (percent) =>
    policy("cpu", percent, SCALING_CPU),
  );
  resourceIf(scope, AppautoscalingPolicy, "memory", isSet(input.memoryTargetPercent), (percent) =>
    policy("memory", percent, SCALING_MEMORY),
  );
  const requests = hcl<number>`try(${loadBalancer}.requests_per_target, null)`;
  const label = hcl<string>`try(format("%s/%s", ${loadBalancer}.arn_suffix, ${loadBalancer}.target_group_arn_suffix), null)`;
  resourceIf(
    scope,
    AppautoscalingPolicy,
    "requests",
    condition`${requests} != null`,
    policy("requests", requests, predefinedMetric("ALBRequestCountPerTarget", `${label}`)),
  );
  resourceIf(scope, AppautoscalingPolicy, "backlog", isSet(backlog), ({ queueName, messagesPerTask }) => {
    const metrics = backlogPerTask(queueName, input.clusterName, service.name);
    return policy("backlog", messagesPerTask, { customizedMetricSpecification: { metrics } });
  });
}
