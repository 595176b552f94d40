import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { EcsService as AwsEcsService } from "@cdktf/provider-aws/lib/ecs-service";
import type { Construct } from "constructs";
import { z } from "zod";
import {
  arnOf,
  blockIf,
  defineModule,
  type Expression,
  hcl,
  isSet,
  type Resource,
  resource,
  resourceIf,
  resourceName,
  set,
  sizing,
} from "../../lib";

export const EcsService = defineModule({
  name: "ecs-service",
  description:
    "A Fargate service without public addresses or shell access: rolling deployments that never go below the desired number of tasks and roll back by themselves, autoscaling on CPU, memory and requests.",
  inputs: {
    name: resourceName(100).describe("Name of the service."),
    clusterName: z.string().min(1).describe("Cluster that it runs in."),
    taskDefinitionArn: arnOf("ecs").describe(
      "First revision. The pipeline deploys later ones, and Terraform leaves them alone: a change of the task definition takes effect with the next deployment.",
    ),
    containerName: z.string().min(1).describe("Container that gets the requests."),
    subnetIds: set(z.string()).describe("Private subnets, in two zones or more."),
    securityGroupId: z.string().min(1).describe("Security group of the tasks."),
    minTasks: sizing(z.int().min(1)).describe("Tasks that always run. One has no second to answer while a zone fails."),
    maxTasks: sizing(z.int().min(1)).describe("Tasks that scaling may start at the most."),
    cpuTargetPercent: sizing(z.int().min(10).max(90)).default(60).describe("Average CPU that scaling aims at."),
    memoryTargetPercent: sizing(z.int().min(10).max(90)).default(70).describe("Average memory that scaling aims at."),
    loadBalancer: z
      .object({
        targetGroupArn: arnOf("elasticloadbalancing"),
        containerPort: z.int().min(1).max(65535),
        arnSuffix: z.string().min(1),
        targetGroupArnSuffix: z.string().min(1),
        requestsPerTarget: sizing(z.int().min(1)),
        healthCheckGracePeriodSeconds: z.int().min(0).default(60),
      })
      .nullable()
      .default(null)
      .describe(
        "Where requests come from, and how many a minute one task should get; null for a service that takes none.",
      ),
  },
  rules: [
    {
      inputs: ["maxTasks", "minTasks"],
      allowed: "a maximum of tasks that is not below the minimum",
      holds: ({ minTasks, maxTasks }) => maxTasks >= minTasks,
      condition: "var.max_tasks >= var.min_tasks",
      counterexample: { minTasks: 3, maxTasks: 2 },
    },
  ],
  outputs: {
    name: z.string().describe("Name of the service."),
    arn: z.string().describe("ARN of the service."),
  },
  example: {
    name: "api",
    clusterName: "orders",
    taskDefinitionArn: "arn:aws:ecs:eu-central-1:111122223333:task-definition/orders-api:1",
    containerName: "app",
    subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    securityGroupId: "sg-0123456789abcdef0",
    minTasks: 2,
    maxTasks: 6,
    loadBalancer: {
      targetGroupArn: "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/api/0123456789abcdef",
      containerPort: 8000,
      arnSuffix: "app/orders/0123456789abcdef",
      targetGroupArnSuffix: "targetgroup/api/0123456789abcdef",
      requestsPerTarget: 1000,
    },
  },
  build(scope, input) {
    const { loadBalancer } = input;
    const service = resource(scope, AwsEcsService, "this", {
      name: input.name,
      cluster: input.clusterName,
      taskDefinition: input.taskDefinitionArn,
      launchType: "FARGATE",
      desiredCount: input.minTasks,
      deploymentMinimumHealthyPercent: 100,
      deploymentMaximumPercent: 200,
      deploymentCircuitBreaker: { enable: true, rollback: true },
      availabilityZoneRebalancing: "ENABLED",
      enableExecuteCommand: false,
      enableEcsManagedTags: true,
      propagateTags: "SERVICE",
      networkConfiguration: {
        subnets: input.subnetIds,
        securityGroups: [input.securityGroupId],
        assignPublicIp: false,
      },
      healthCheckGracePeriodSeconds: hcl<number | null>`try(${loadBalancer}.health_check_grace_period_seconds, null)`,
      loadBalancer: blockIf(isSet(loadBalancer), {
        targetGroupArn: loadBalancer.targetGroupArn,
        containerName: input.containerName,
        containerPort: loadBalancer.containerPort,
      }),
      lifecycle: { ignoreChanges: ["desired_count", "task_definition"] },
    });
    scale(scope, service, input);
    return { name: service.name, arn: service.id };
  },
});

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
}

/** Out quickly, in slowly: capacity that is missing costs more than capacity that waits. */
const COOLDOWN = { scaleOutCooldown: 60, scaleInCooldown: 300 } as const;

function scale(scope: Construct, service: Resource<AwsEcsService>, input: Scaling) {
  const target = resource(scope, AppautoscalingTarget, "this", {
    serviceNamespace: "ecs",
    resourceId: `service/${input.clusterName}/${service.name}`,
    scalableDimension: "ecs:service:DesiredCount",
    minCapacity: input.minTasks,
    maxCapacity: input.maxTasks,
  });
  const policy = (metric: keyof typeof PREDEFINED_METRIC, targetValue: Expression<number>, resourceLabel?: string) => ({
    name: `${service.name}-${metric}`,
    policyType: "TargetTrackingScaling",
    serviceNamespace: target.serviceNamespace,
    resourceId: target.resourceId,
    scalableDimension: target.scalableDimension,
    targetTrackingScalingPolicyConfiguration: {
      targetValue,
      ...COOLDOWN,
      predefinedMetricSpecification: {
        predefinedMetricType: PREDEFINED_METRIC[metric],
        ...(resourceLabel !== undefined && { resourceLabel }),
      },
    },
  });
  resource(scope, AppautoscalingPolicy, "cpu", policy("cpu", input.cpuTargetPercent));
  resource(scope, AppautoscalingPolicy, "memory", policy("memory", input.memoryTargetPercent));
  const { arnSuffix, targetGroupArnSuffix, requestsPerTarget } = input.loadBalancer;
  resourceIf(scope, AppautoscalingPolicy, "requests", isSet(input.loadBalancer), {
    ...policy("requests", requestsPerTarget, `${arnSuffix}/${targetGroupArnSuffix}`),
  });
}

/** @see https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PredefinedMetricSpecification.html */
const PREDEFINED_METRIC = {
  cpu: "ECSServiceAverageCPUUtilization",
  memory: "ECSServiceAverageMemoryUtilization",
  requests: "ALBRequestCountPerTarget",
} as const;
