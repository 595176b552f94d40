/**
 * Containers: the API, deployed by CodeDeploy; the worker, deployed by ECS; and migrations that the pipeline runs as
 * one-off tasks.
 */
import { EcsCluster } from "../../modules/ecs-cluster";
import { EcsService } from "../../modules/ecs-service";
import { messagesPerTask } from "../../modules/ecs-service/backlog";
import { EcsServiceCodedeploy } from "../../modules/ecs-service-codedeploy";
import { EcsTaskDefinition } from "../../modules/ecs-task-definition";
import { answersOn, databaseEnvironment, HEARTBEAT, login, migrationTask, taskBasics } from "../common/containers";
import { workloadsBoundaryArn } from "../common/delivery";
import { copiedSecretsKeys } from "../common/standby";
import { type Context, DATABASE_NAME } from "./context";
import type { Data } from "./data";
import type { Ingress } from "./ingress";
import type { Network } from "./network";
import { ACTIONS, API_PORT, LIVENESS_PATH, ORDER_WORK } from "./services";

/** Target of the scaling: requests per minute and task of the API. */
const REQUESTS_PER_TARGET = 1000;

/** Alarms that roll a deployment back, by their names in observability.ts. */
const ROLLBACK_ALARMS = ["targets-5xx-rate", "load-balancer-5xx-rate", "latency"] as const;

export function containers(context: Context, network: Network, data: Data, { loadBalancer }: Ingress) {
  const { root, name, environment } = context;
  const { account, region, sizing } = environment;
  const cluster = new EcsCluster(root, "cluster", {
    name,
    logKmsKeyArn: context.logsKeyArn,
    logRetentionDays: sizing.logRetentionDays,
    alertTopicArn: context.alertTopicArn,
  });
  const place = { clusterName: cluster.name, subnetIds: network.taskSubnetIds };

  const apiTask = new EcsTaskDefinition(root, "api_task", {
    ...serviceBasics(context, data, "api"),
    port: API_PORT,
    healthCheckCommand: answersOn(API_PORT, LIVENESS_PATH),
    permissions: {
      SendOrders: { actions: ACTIONS.sendOrders, resources: [data.queue.arn] },
      UseQueueKey: { actions: ACTIONS.useQueueKey, resources: [context.dataKeyArn] },
    },
  });
  const api = new EcsServiceCodedeploy(root, "api", {
    ...place,
    name: `${name}-api`,
    accountId: account.id,
    region,
    taskDefinitionArn: apiTask.arn,
    taskRoleArn: apiTask.taskRoleArn,
    executionRoleArn: apiTask.executionRoleArn,
    containerName: apiTask.containerName,
    containerPort: API_PORT,
    securityGroupId: network.groups.ids.at("api"),
    listenerArn: loadBalancer.listenerArn,
    testListenerArn: loadBalancer.testListenerArn,
    targetGroups: loadBalancer.targetGroups,
    loadBalancerArnSuffix: loadBalancer.arnSuffix,
    permissionsBoundaryArn: workloadsBoundaryArn(account),
    minTasks: sizing.api.minTasks,
    maxTasks: sizing.api.maxTasks,
    requestsPerTarget: REQUESTS_PER_TARGET,
    alarmNames: ROLLBACK_ALARMS.map((alarm) => `${name}-${alarm}`),
    alertTopicArn: context.alertTopicArn,
  });

  const workerTask = new EcsTaskDefinition(root, "worker_task", {
    ...serviceBasics(context, data, "worker"),
    healthCheckCommand: HEARTBEAT,
    permissions: {
      ReceiveOrders: { actions: ACTIONS.receiveOrders, resources: [data.queue.arn] },
      UseQueueKey: { actions: ACTIONS.useQueueKey, resources: [context.dataKeyArn] },
    },
  });
  const worker = new EcsService(root, "worker", {
    ...place,
    name: `${name}-worker`,
    taskDefinitionArn: workerTask.arn,
    containerName: workerTask.containerName,
    securityGroupId: network.groups.ids.at("worker"),
    minTasks: sizing.worker.minTasks,
    maxTasks: sizing.worker.maxTasks,
    backlog: { queueName: data.queue.name, messagesPerTask: messagesPerTask(ORDER_WORK) },
  });

  // A standby has no migrations: its restored database has production's schema, and its promotion must create no role.
  if (environment.standbyFor === null && data.database !== null) {
    migrationTask(context, taskBasics(context, data.images, "api"), {
      database: data.database,
      databaseName: DATABASE_NAME,
      applicationSecretArn: data.databaseSecretArn,
    });
  }
  root.output("cluster", cluster.name, "Cluster that the pipeline deploys to.");
  root.output(
    "appspec",
    api.appspec,
    "AppSpec of a deployment, with <TASK_DEFINITION> in place of the ARN of the task definition.",
  );
  root.output("codedeploy_application", api.applicationName, "CodeDeploy application that the pipeline deploys to.");
  root.output("codedeploy_group", api.deploymentGroupName, "Deployment group that the pipeline deploys to.");
  root.output(
    "migrations_security_group",
    network.groups.ids.at("migrations"),
    "Security group for the migration task.",
  );
  root.output("private_subnets", network.taskSubnetIds, "Subnets for the migration task.");
  return { cluster, api, worker };
}

export type Containers = ReturnType<typeof containers>;

function serviceBasics(context: Context, data: Data, service: "api" | "worker") {
  const { sizing, serving } = context.environment;
  return {
    ...basicsOf(context, data, service),
    name: `${context.name}-${service}`,
    cpu: sizing[service].cpu,
    memoryMiB: sizing[service].memoryMiB,
    environment: {
      ...(data.database && databaseEnvironment(data.database, DATABASE_NAME)),
      QUEUE_URL: data.queue.url,
      SERVING: serving ? "yes" : "no",
    },
    secrets: login("DATABASE", data.databaseSecretArn),
  };
}

function basicsOf(context: Context, { images }: Data, image: "api" | "worker") {
  return { ...taskBasics(context, images, image), ...copiedSecretsKeys(context.environment) };
}
