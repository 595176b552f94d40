import { z } from "zod";
import {
  CONTAINER,
  defineModule,
  FARGATE_INPUTS,
  FARGATE_RULES,
  fargateTask,
  readyAfter,
  TRACE_COLLECTOR,
} from "../../lib";

export const EcsTaskDefinition = defineModule({
  name: "ecs-task-definition",
  description:
    "A task definition for Fargate, for a service or a one-off task, with one container and, if wanted, a collector of its traces: read-only root file system, no root user, no privileges, secrets by reference, an encrypted log, and two roles with least privilege.",
  inputs: { ...FARGATE_INPUTS, traceCollector: TRACE_COLLECTOR },
  rules: FARGATE_RULES,
  outputs: {
    arn: z
      .string()
      .describe("ARN of the revision that Terraform created, available after its roles have their policies."),
    family: z.string().describe("Family of the revisions, including those of the pipeline."),
    containerName: z.string().describe("Name of the container, for load balancers and one-off commands."),
    taskRoleArn: z.string().describe("Role of the code in the container."),
    executionRoleArn: z.string().describe("Execution role, with which Fargate starts the container."),
    logGroupName: z.string().describe("Log group of the container."),
  },
  example: {
    name: "shop-api",
    accountId: "111122223333",
    region: "eu-central-1",
    image: "111122223333.dkr.ecr.eu-central-1.amazonaws.com/shop/api:1.0.0",
    repositoryArn: "arn:aws:ecr:eu-central-1:111122223333:repository/shop/api",
    cpu: 256,
    memoryMiB: 512,
    port: 8000,
    environment: { LOG_LEVEL: "info" },
    secrets: { API_KEY: "arn:aws:secretsmanager:eu-central-1:111122223333:secret:shop/api-key-AbCdEf" },
    secretsKmsKeyArns: ["arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"],
    healthCheckCommand: ["CMD-SHELL", "curl -f http://localhost:8000/health"],
    traceCollector: {
      image: "111122223333.dkr.ecr.eu-central-1.amazonaws.com/shop/otel-collector:v0.43.3",
      repositoryArn: "arn:aws:ecr:eu-central-1:111122223333:repository/shop/otel-collector",
    },
    permissions: {
      ReadDocuments: { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::shop-documents/*"] },
    },
    logKmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    logRetentionDays: 30,
  },
  build(scope, input) {
    const { definition, execution, task, logGroup } = fargateTask(scope, input);
    return {
      arn: readyAfter(definition.arn, execution.policy, task.policy),
      family: definition.family,
      containerName: CONTAINER,
      taskRoleArn: task.role.arn,
      executionRoleArn: execution.role.arn,
      logGroupName: logGroup.name,
    };
  },
});
