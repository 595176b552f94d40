/** Arguments of a Fargate service with rolling deployments, which ECS rolls back if they fail. */
import type { Expression } from "../../generator/expression/code";

interface RollingService {
  readonly name: Expression<string>;
  readonly clusterName: Expression<string>;
  readonly taskDefinitionArn: Expression<string>;
  readonly minTasks: Expression<number>;
  readonly subnetIds: Expression<string[]>;
  readonly securityGroupId: Expression<string>;
}

export function rollingService(input: RollingService) {
  return {
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
    /** Autoscaling and the pipeline change these. */
    lifecycle: { ignoreChanges: ["desiredCount", "taskDefinition"] },
  } as const;
}
