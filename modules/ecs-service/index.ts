import { EcsService as AwsEcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { z } from "zod";
import { arnOf, blockIf, defineModule, hcl, isSet, resource, resourceName, set, sizing } from "../../lib";
import { scale } from "./scaling";

export const EcsService = defineModule({
  name: "ecs-service",
  description:
    "A Fargate service without public addresses or shell access: rolling deployments that never go below the desired number of tasks and roll back by themselves, autoscaling on CPU, memory, requests and the messages of a queue.",
  inputs: {
    name: resourceName(100).describe("Name of the service."),
    clusterName: z.string().min(1).describe("Cluster that it runs in."),
    taskDefinitionArn: arnOf("ecs").describe(
      "First revision. The pipeline deploys later ones, and Terraform leaves them alone: a change of the task definition takes effect with the next deployment.",
    ),
    containerName: z.string().min(1).describe("Container that gets the requests."),
    subnetIds: set(z.string()).describe("Private subnets, in two zones or more."),
    securityGroupId: z.string().min(1).describe("Security group of the tasks."),
    minTasks: sizing(z.int().min(0)).describe("Tasks that always run. One has no second to answer while a zone fails."),
    maxTasks: sizing(z.int().min(0)).describe(
      "Tasks that scaling may start at the most. With 0 for both, the service is declared and off: it costs nothing, and two numbers switch it on.",
    ),
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
    backlog: z
      .object({
        queueName: z.string().min(1),
        messagesPerTask: sizing(z.int().min(1)),
      })
      .nullable()
      .default(null)
      .describe(
        "Queue that the service works off, and how many of its messages one task should have before it; null for a service that reads no queue. Needs the cluster's Container Insights.",
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
    {
      inputs: ["maxTasks", "minTasks"],
      allowed: "a minimum of 0 with a maximum of 0 alone, since tasks that do not run have no metric to scale out by",
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
      loadBalancer: blockIf(isSet(loadBalancer), (target) => ({
        targetGroupArn: target.targetGroupArn,
        containerName: input.containerName,
        containerPort: target.containerPort,
      })),
      lifecycle: { ignoreChanges: ["desiredCount", "taskDefinition"] },
    });
    scale(scope, service, input);
    return { name: service.name, arn: service.id };
  },
});
