import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EcsTaskDefinition as AwsEcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { z } from "zod";
import {
  ACCOUNT_ID,
  arnOf,
  blockForEach,
  defineModule,
  type Expression,
  hcl,
  isSet,
  jsonencode,
  LOG_RETENTION_DAYS,
  local,
  REGION,
  readyAfter,
  resource,
  resourceName,
  set,
  sizing,
  text,
} from "../../lib";
import { executionRole, taskRole } from "./roles";
import { FARGATE_MEMORY_MIB } from "./sizes";

export const EcsTaskDefinition = defineModule({
  name: "ecs-task-definition",
  description:
    "A task definition with one container for Fargate, for a service or a one-off task: read-only root file system, no root user, no privileges, secrets by reference, an encrypted log, and two roles with least privilege.",
  inputs: {
    name: resourceName(40).describe("Family of the task definition, and prefix of its roles."),
    accountId: ACCOUNT_ID.describe("Account of the tasks."),
    region: REGION.describe("Region of the tasks."),
    image: text(
      /^[^\s:@]+(?::\d+)?\/?[^\s]*(?::[\w.-]+|@sha256:[0-9a-f]{64})$/,
      "an image with a tag or digest",
      "no tag here",
    ).describe("Image of the first revision. The pipeline registers later revisions."),
    repositoryArn: arnOf("ecr").describe("Repository of the image. The task may pull from no other repository."),
    cpu: sizing(z.literal([256, 512, 1024, 2048, 4096, 8192, 16384])).describe("CPU units; 1024 are one vCPU."),
    memoryMiB: sizing(z.int().min(512).max(122880)).describe(
      "Memory, one of the sizes that Fargate offers for the CPU units.",
    ),
    cpuArchitecture: z
      .enum(["X86_64", "ARM64"])
      .default("X86_64")
      .describe("Architecture that the image was built for. ARM64 costs about a fifth less."),
    user: text(
      /^[1-9]\d*(?::[1-9]\d*)?$/,
      "a numeric user id other than 0, with or without a group, such as 1000:1000",
      "0:0",
    )
      .default("1000:1000")
      .describe("User and group of the container."),
    command: z
      .array(z.string())
      .min(1)
      .nullable()
      .default(null)
      .describe("Command that replaces the command of the image."),
    port: z
      .int()
      .min(1)
      .max(65535)
      .nullable()
      .default(null)
      .describe("Port that the container listens on; null for a container without incoming connections."),
    environment: z
      .record(text(/^[A-Za-z_]\w*$/, "names of environment variables", "not-a-name"), z.string())
      .default({})
      .describe("Plain environment variables without secrets: everybody who may describe the task can read them."),
    secrets: z
      .record(text(/^[A-Za-z_]\w*$/, "names of environment variables", "not-a-name"), arnOf("secretsmanager"))
      .default({})
      .describe(
        "Environment variables from Secrets Manager: the ARN of the secret, or `<arn>:<json key>::`. The values are read when the task starts, so that a rotation needs a new deployment.",
      ),
    secretsKmsKeyArns: set(arnOf("kms")).default([]).describe("Keys that the secrets are encrypted with."),
    writablePaths: set(text(/^\/[\w./-]+$/, "absolute paths", "tmp"))
      .default(["/tmp"])
      .describe(
        "Writable folders, empty at each start. The user of the container has to own them in the image: `VOLUME` after `chown`.",
      ),
    healthCheckCommand: z
      .array(z.string())
      .min(2)
      .nullable()
      .default(null)
      .describe('Liveness check in the container, such as `["CMD-SHELL", "curl -f http://localhost:8000/health"]`.'),
    stopTimeoutSeconds: z.int().min(2).max(120).default(30).describe("Time between SIGTERM and SIGKILL."),
    permissions: z
      .record(
        text(/^[A-Za-z0-9]+$/, "statement ids of letters and digits", "not-an-id"),
        z.object({
          actions: set(
            text(/^[a-z0-9-]+:[A-Z][A-Za-z]+$/, "an IAM action without wildcard, such as s3:GetObject", "s3:*"),
          ).min(1),
          resources: set(z.string().min(1)).min(1),
        }),
      )
      .default({})
      .describe("Permissions of the code in the container, by statement id: actions on ARNs."),
    permissionsBoundaryArn: arnOf("iam")
      .nullable()
      .default(null)
      .describe("Permissions boundary of the roles, if the apply role may create roles only with a boundary."),
    logKmsKeyArn: arnOf("kms").describe("Key that encrypts the log."),
    logRetentionDays: sizing(LOG_RETENTION_DAYS).describe("Retention of the log."),
  },
  rules: [
    {
      inputs: ["memoryMiB", "cpu"],
      allowed: "the sizes that Fargate offers, such as cpu 256 with 512, 1024 or 2048 MiB",
      holds: ({ cpu, memoryMiB }) => FARGATE_MEMORY_MIB[cpu].some((size) => size === memoryMiB),
      condition: `contains(try(${JSON.stringify(FARGATE_MEMORY_MIB).replaceAll(":", " = ")}[tostring(var.cpu)], []), var.memory_mib)`,
      counterexample: { cpu: 256, memoryMiB: 4096 },
    },
    {
      inputs: ["secretsKmsKeyArns", "secrets"],
      allowed: "the keys that encrypt the secrets, if there are secrets",
      holds: ({ secrets, secretsKmsKeyArns }) => Object.keys(secrets).length === 0 || secretsKmsKeyArns.length > 0,
      condition: "length(var.secrets) == 0 || length(var.secrets_kms_key_arns) > 0",
      counterexample: { secretsKmsKeyArns: [] },
    },
  ],
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
    permissions: {
      ReadDocuments: { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::shop-documents/*"] },
    },
    logKmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    logRetentionDays: 30,
  },
  build(scope, input) {
    const logGroup = resource(scope, CloudwatchLogGroup, "this", {
      name: `/ecs/${input.name}`,
      kmsKeyId: input.logKmsKeyArn,
      retentionInDays: input.logRetentionDays,
    });
    const execution = executionRole(scope, input, logGroup.arn);
    const task = taskRole(scope, input);
    const container = local<object>(scope, "container", {
      name: CONTAINER,
      image: input.image,
      essential: true,
      user: input.user,
      privileged: false,
      readonlyRootFilesystem: true,
      linuxParameters: { initProcessEnabled: true, capabilities: { drop: ["ALL"] } },
      command: input.command,
      portMappings: hcl`${input.port} == null ? null : ${[{ containerPort: input.port, hostPort: input.port, protocol: "tcp" }]}`,
      environment: hcl`[for name, value in ${input.environment} : { name = name, value = value }]`,
      secrets: hcl`[for name, arn in ${input.secrets} : { name = name, valueFrom = arn }]`,
      mountPoints: hcl`[for path in sort(${input.writablePaths}) : { sourceVolume = ${volumeName("path")}, containerPath = path, readOnly = false }]`,
      healthCheck: isSet(input.healthCheckCommand)<object | null>(
        { command: input.healthCheckCommand, interval: 30, timeout: 5, retries: 3, startPeriod: 60 },
        null,
      ),
      stopTimeout: input.stopTimeoutSeconds,
      logConfiguration: {
        logDriver: "awslogs",
        options: {
          "awslogs-group": logGroup.name,
          "awslogs-region": input.region,
          "awslogs-stream-prefix": CONTAINER,
        },
      },
    });
    const definition = resource(scope, AwsEcsTaskDefinition, "this", {
      family: input.name,
      requiresCompatibilities: ["FARGATE"],
      networkMode: "awsvpc",
      cpu: hcl<string>`tostring(${input.cpu})`,
      memory: hcl<string>`tostring(${input.memoryMiB})`,
      runtimePlatform: { operatingSystemFamily: "LINUX", cpuArchitecture: input.cpuArchitecture },
      executionRoleArn: execution.role.arn,
      taskRoleArn: task.role.arn,
      containerDefinitions: jsonencode([hcl`{ for key, value in ${container} : key => value if value != null }`]),
      volume: blockForEach(input.writablePaths, (path) => ({ name: hcl<string>`${volumeName(path)}` })),
      /** Earlier revisions stay registered for rollbacks. */
      skipDestroy: true,
    });
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

const CONTAINER = "app";

/** A volume's name from its path: `/app/.next/cache` is `app--next-cache`. */
function volumeName(path: Expression<string> | "path"): Expression<string> {
  const subject = path === "path" ? hcl<string>`path` : path;
  return hcl`replace(trim(${subject}, "/"), "/[^a-zA-Z0-9_-]/", "-")`;
}
