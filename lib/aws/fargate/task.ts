/** A task definition with one hardened container, its log and its roles. */
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import type { Construct } from "constructs";
import type { z } from "zod";
import type { Expression } from "../../generator/expression/code";
import { hcl, jsonencode, type Ref } from "../../generator/expression/expression";
import { isSet } from "../../generator/expression/presence";
import { blockForEach } from "../../generator/module/blocks";
import { local, resource } from "../../generator/module/resource";
import { collectorContainers, logTo, type TRACE_COLLECTOR } from "./collector";
import type { FARGATE_INPUTS } from "./inputs";
import { executionRole, taskRole } from "./roles";

type Inputs = typeof FARGATE_INPUTS;
type FargateTask = { readonly [K in keyof Inputs]: Ref<z.output<Inputs[K]>> } & {
  /** Undefined for a kind of task without one. */
  readonly traceCollector?: Ref<z.output<typeof TRACE_COLLECTOR>>;
};

/** Name of the container. */
export const CONTAINER = "app";

export function fargateTask(scope: Construct, input: FargateTask) {
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
    logConfiguration: logTo(logGroup.name, input.region, CONTAINER),
  });
  const written = hcl<object>`{ for key, value in ${container} : key => value if value != null }`;
  const { traceCollector } = input;
  const definition = resource(scope, EcsTaskDefinition, "this", {
    family: input.name,
    requiresCompatibilities: ["FARGATE"],
    networkMode: "awsvpc",
    cpu: hcl<string>`tostring(${input.cpu})`,
    memory: hcl<string>`tostring(${input.memoryMiB})`,
    runtimePlatform: { operatingSystemFamily: "LINUX", cpuArchitecture: input.cpuArchitecture },
    executionRoleArn: execution.role.arn,
    taskRoleArn: task.role.arn,
    containerDefinitions: jsonencode(
      traceCollector === undefined
        ? [written]
        : hcl<object[]>`concat([${written}], ${collectorContainers(traceCollector, input.region, logGroup.name)})`,
    ),
    volume: blockForEach(input.writablePaths, (path) => ({ name: hcl<string>`${volumeName(path)}` })),
    /** Earlier revisions stay registered for rollbacks. */
    skipDestroy: true,
  });
  return { definition, execution, task, logGroup };
}

/** A volume's name from its path: `/app/.next/cache` is `app--next-cache`. */
function volumeName(path: Expression<string> | "path"): Expression<string> {
  const subject = path === "path" ? hcl<string>`path` : path;
  return hcl`replace(trim(${subject}, "/"), "/[^a-zA-Z0-9_-]/", "-")`;
}
