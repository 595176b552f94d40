/** Scaling of the tasks by CPU, memory and requests. */
import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import type { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import type { Lb } from "@cdktf/provider-aws/lib/lb";
import type { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import type { Construct } from "constructs";
import { type Expression, hcl, predefinedMetric, type Resource, resource, scaleService } from "../../lib";

interface Scaling {
  readonly clusterName: Expression<string>;
  readonly minInstances: Expression<number>;
  readonly maxInstances: Expression<number>;
  readonly requestsPerInstance: Expression<number>;
  readonly loadBalancer: Resource<Lb>;
  readonly targetGroup: Resource<LbTargetGroup>;
}

export function scale(scope: Construct, service: Resource<EcsService>, input: Scaling): void {
  const { clusterName, minInstances, maxInstances, requestsPerInstance, loadBalancer, targetGroup } = input;
  const policy = scaleService(scope, service, {
    clusterName,
    minTasks: minInstances,
    maxTasks: maxInstances,
    cpuTargetPercent: hcl`60`,
    memoryTargetPercent: hcl`70`,
  });
  const label = `${loadBalancer.arnSuffix}/${targetGroup.arnSuffix}`;
  resource(
    scope,
    AppautoscalingPolicy,
    "requests",
    policy("requests", requestsPerInstance, predefinedMetric("ALBRequestCountPerTarget", label)),
  );
}
