/** What runs: the API, which CodeDeploy deploys; the worker, which ECS does; and migrations that the pipeline runs once. */
import type { Value } from "../../lib";
import { EcsCluster } from "../../modules/ecs-cluster";
import { EcsService } from "../../modules/ecs-service";
import { messagesPerTask } from "../../modules/ecs-service/backlog";
import { EcsServiceCodedeploy } from "../../modules/ecs-service-codedeploy";
import { EcsTaskDefinition } from "../../modules/ecs-task-definition";
import { workloadsBoundaryArn } from "../accounts";
import type { Context } from "./context";
import type { Data } from "./data";
import { DATABASE_NAME } from "./databases";
import type { Ingress } from "./ingress";
import type { Network } from "./network";
import { ACTIONS, API_PORT, HEARTBEAT, LIVENESS_PATH, ORDER_WORK } from "./services";

/** Requests a minute that one task of the API should get. */
const REQUESTS_PER_TARGET = 1000;

/** Alarms that take a deployment back, by their names in observability.ts. */
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
    healthCheckCommand: [
      "CMD",
      "python",
      "-c",
      `import urllib.request as u; u.urlopen('http://localhost:${API_PORT}${LIVENESS_PATH}', timeout=4)`,
    ],
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

  const migrations = migrationTask(context, data);
  root.output("cluster", cluster.name, "Cluster that the pipeline deploys to.");
  root.output(
    "appspec",
    api.appspec,
    "What CodeDeploy is told about a deployment, with <TASK_DEFINITION> for its ARN.",
  );
  root.output("codedeploy_application", api.applicationName, "CodeDeploy application that the pipeline deploys to.");
  root.output("codedeploy_group", api.deploymentGroupName, "Deployment group that the pipeline deploys to.");
  if (migrations !== null) {
    root.output(
      "migrations",
      migrations.family,
      "Task definition that the pipeline runs for Alembic migrations, behind a person's approval.",
    );
  }
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
    ...taskBasics(context, data, service),
    name: `${context.name}-${service}`,
    cpu: sizing[service].cpu,
    memoryMiB: sizing[service].memoryMiB,
    environment: {
      ...databaseEnvironment(data),
      QUEUE_URL: data.queue.url,
      SERVING: serving ? "yes" : "no",
    },
    secrets: login("DATABASE", data.databaseSecretArn),
  };
}

/**
 * A standby has none: its restored database has the schema that production's migrations made, and its promotion makes no role.
 * Alembic runs as the master user, whose password RDS manages; the services never see it. The first migration makes the
 * application's user and schema, with the name and the password that the services log in with.
 */
function migrationTask(context: Context, data: Data) {
  if (context.environment.standbyFor !== null || data.database === null) return null;
  return new EcsTaskDefinition(context.root, "migrations_task", {
    ...taskBasics(context, data, "api"),
    name: `${context.name}-migrations`,
    cpu: 256,
    memoryMiB: 512,
    command: ["alembic", "upgrade", "head"],
    environment: databaseEnvironment(data),
    secrets: {
      ...login("DATABASE", data.database.masterUserSecretArn),
      ...login("APPLICATION_DATABASE", data.databaseSecretArn),
    },
  });
}

function taskBasics({ environment, dataKeyArn, logsKeyArn }: Context, { images }: Data, image: "api" | "worker") {
  const { account, region, sizing, standbyFor } = environment;
  return {
    accountId: account.id,
    region,
    image: `${images.urls.at(image)}:initial`,
    repositoryArn: images.arns.at(image),
    // A standby's secrets are copies, under the key of the account for those: Secrets Manager alone may use it for a task.
    secretsKmsKeyArns: standbyFor === null ? [dataKeyArn] : [`arn:aws:kms:${region}:${account.id}:key/*`],
    permissionsBoundaryArn: workloadsBoundaryArn(account),
    logKmsKeyArn: logsKeyArn,
    logRetentionDays: sizing.logRetentionDays,
  };
}

function databaseEnvironment({ database }: Data) {
  if (database === null) return {};
  return {
    DATABASE_HOST: database.address,
    DATABASE_PORT: `${database.port}`,
    DATABASE_NAME,
    DATABASE_SSLMODE: "verify-full",
  };
}

function login(variable: string, secretArn: Value<string>) {
  return { [`${variable}_USERNAME`]: `${secretArn}:username::`, [`${variable}_PASSWORD`]: `${secretArn}:password::` };
}
