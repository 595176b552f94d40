import { EcsService as AwsEcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { z } from "zod";
import {
  arnOf,
  blockIf,
  defineModule,
  hcl,
  isSet,
  resource,
  resourceName,
  rollingService,
  set,
  sizing,
  soleBlockIf,
} from "../../lib";
import { scale } from "./scaling";

export const EcsService = defineModule({
  name: "ecs-service",
  description:
    "A Fargate service without public addresses or shell access: rolling deployments that keep the desired number of tasks and roll back automatically, autoscaling on CPU, memory, requests and the messages of a queue.",
  inputs: {
    name: resourceName(100).describe("Name of the service."),
    clusterName: z.string().min(1).describe("Cluster of the service."),
    taskDefinitionArn: arnOf("ecs").describe(
      "First revision. The pipeline deploys later ones, which Terraform ignores: a change of the task definition takes effect with the next deployment.",
    ),
    containerName: z.string().min(1).describe("Container that receives the requests."),
    subnetIds: set(z.string()).describe("Private subnets, in two zones or more."),
    securityGroupId: z.string().min(1).describe("Security group of the tasks."),
    minTasks: sizing(z.int().min(0)).describe(
      "Minimum number of tasks. A single task is not available while its zone fails.",
    ),
    maxTasks: sizing(z.int().min(0)).describe(
      "Maximum number of tasks. With 0 for both bounds the service is disabled: its tasks cost nothing, and two numbers enable it.",
    ),
    cpuTargetPercent: sizing(z.int().min(10).max(90).nullable())
      .default(60)
      .describe("Target of the average CPU utilization; null to scale by other metrics only."),
    memoryTargetPercent: sizing(z.int().min(10).max(90).nullable())
      .default(70)
      .describe("Target of the average memory utilization; null to scale by other metrics only."),
    loadBalancer: z
      .object({
        targetGroupArn: arnOf("elasticloadbalancing"),
        containerPort: z.int().min(1).max(65535),
        arnSuffix: z.string().min(1),
        targetGroupArnSuffix: z.string().min(1),
        requestsPerTarget: sizing(z.int().min(1).nullable()),
        healthCheckGracePeriodSeconds: z.int().min(0).default(60),
      })
      .nullable()
      .default(null)
      .describe(
        "Source of the requests, and target of requests per minute for each task, or null for no scaling by them; null for a service without requests.",
      ),
    backlog: z
      .object({
        queueName: z.string().min(1),
        messagesPerTask: sizing(z.int().min(1)),
      })
      .nullable()
      .default(null)
      .describe(
        "Queue that the service processes, and target of waiting messages for each task; null for a service without a queue. Needs the cluster's Container Insights.",
      ),
    serviceRegistryArn: arnOf("servicediscovery")
      .nullable()
      .default(null)
      .describe("Service of Cloud Map with A records, in which ECS registers the tasks; null for no registration."),
  },
  rules: [
    {
      inputs: ["maxTasks", "minTasks"],
      allowed: "a maximum number of tasks that is not below the minimum",
      holds: ({ minTasks, maxTasks }) => maxTasks >= minTasks,
      condition: "var.max_tasks >= var.min_tasks",
      counterexample: { minTasks: 3, maxTasks: 2 },
    },
    {
      inputs: ["maxTasks", "minTasks"],
      allowed: "a minimum of 0 only with a maximum of 0, because without tasks there is no metric to scale out by",
      holds: ({ minTasks, maxTasks }) => minTasks > 0 || maxTasks === 0,
      condition: "var.min_tasks > 0 || var.max_tasks == 0",
      counterexample: { minTasks: 0, maxTasks: 2 },
    },
  ],
  outputs: {
    name: z.string().describe("Name of the service."),
    arn: z.string().describe("ARN of the service."),
  },
  example: {
    name: "api",
    clusterName: "shop",
    taskDefinitionArn: "arn:aws:ecs:eu-central-1:111122223333:task-definition/shop-api:1",
    containerName: "app",
    subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    securityGroupId: "sg-0123456789abcdef0",
    minTasks: 2,
    maxTasks: 6,
    loadBalancer: {
      targetGroupArn: "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/api/0123456789abcdef",
      containerPort: 8000,
      arnSuffix: "app/shop/0123456789abcdef",
      targetGroupArnSuffix: "targetgroup/api/0123456789abcdef",
      requestsPerTarget: 1000,
    },
    backlog: { queueName: "shop", messagesPerTask: 100 },
  },
  build(scope, input) {
    const { loadBalancer } = input;
    const service = resource(scope, AwsEcsService, "this", {
      ...rollingService(input),
      healthCheckGracePeriodSeconds: hcl<number | null>`try(${loadBalancer}.health_check_grace_period_seconds, null)`,
      loadBalancer: blockIf(isSet(loadBalancer), (target) => ({
        targetGroupArn: target.targetGroupArn,
        containerName: input.containerName,
        containerPort: target.containerPort,
      })),
      serviceRegistries: soleBlockIf(isSet(input.serviceRegistryArn), (registryArn) => ({ registryArn })),
    });
    scale(scope, service, input);
    return { name: service.name, arn: service.id };
  },
});
