/** More readers while the readers are busy. Application Auto Scaling makes and removes them; Terraform does not know them. */
import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import type { Construct } from "constructs";
import { z } from "zod";
import { condition, type Expression, hcl, predefinedMetric, type Ref, resourceIf, sizing } from "../../lib";
import type { Instances } from "./instances";

export const READER_SCALING = sizing(
  z.object({
    maxReaders: z.int().min(1).max(15),
    cpuPercent: z.int().min(20).max(90),
  }),
).describe(
  "Limit of all readers, and the average CPU of the readers that autoscaling aims at. There is autoscaling as soon as there are two instances. Added readers have the class of the writer.",
);

interface Input {
  readonly instances: Ref<Instances>;
  readonly readerScaling: Ref<z.output<typeof READER_SCALING>>;
}

export const READER_RULE = {
  inputs: ["readerScaling", "instances"] as const,
  allowed: "a limit that admits every reader among the instances",
  holds: ({ instances, readerScaling }: { instances: Instances; readerScaling: z.output<typeof READER_SCALING> }) =>
    Object.keys(instances).length - 1 <= readerScaling.maxReaders,
  condition: "length(var.instances) - 1 <= var.reader_scaling.max_readers",
  counterexample: {
    instances: Object.fromEntries(
      ["a", "b", "c"].map((letter) => [letter, { instanceClass: "db.serverless", promotionTier: 1 }]),
    ),
    readerScaling: { maxReaders: 1, cpuPercent: 60 },
  },
};

/**
 * The minimum counts the readers of Terraform, which autoscaling never removes: a further one changes nothing here.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Integrating.AutoScaling.html
 */
export function scaleReaders(
  scope: Construct,
  clusterId: Expression<string>,
  { instances, readerScaling }: Input,
): void {
  const hasReaders = condition`length(${instances}) > 1`;
  const place = { serviceNamespace: "rds", scalableDimension: "rds:cluster:ReadReplicaCount" };
  const target = resourceIf(scope, AppautoscalingTarget, "readers", hasReaders, {
    ...place,
    resourceId: `cluster:${clusterId}`,
    minCapacity: 1,
    maxCapacity: readerScaling.maxReaders,
  });
  resourceIf(scope, AppautoscalingPolicy, "readers", hasReaders, {
    ...place,
    name: `${clusterId}-readers`,
    policyType: "TargetTrackingScaling",
    resourceId: hcl<string>`one(${target}).resource_id`,
    targetTrackingScalingPolicyConfiguration: {
      ...predefinedMetric("RDSReaderAverageCPUUtilization"),
      targetValue: readerScaling.cpuPercent,
      // A reader takes minutes to start, and is charged from its start.
      scaleOutCooldown: 300,
      scaleInCooldown: 900,
    },
  });
}
