/**
 * A developer's sandbox: a network without a route to the internet or to other networks, the service, and a database of its own.
 * It has no role, key, bucket or secret of an environment, so that no shared data can reach it.
 */
import { declareSandbox, Root, values } from "../../../lib";
import { EcsCluster } from "../../../modules/ecs-cluster";
import { EcsService } from "../../../modules/ecs-service";
import { EcsTaskDefinition } from "../../../modules/ecs-task-definition";
import { Kms } from "../../../modules/kms";
import { Rds } from "../../../modules/rds";
import { SnsTopic } from "../../../modules/sns-topic";
import { databaseEnvironment, login } from "../../common/containers";
import { delivery, workloadsBoundaryArn } from "../../common/delivery";
import { API_PORT, DATABASE_NAME } from "../context";
import type { SandboxEnvironment } from "../sandbox";
import { network } from "./network";

const LOG_DAYS = 30;

/** The root that makes sandboxes, and the one that ends them: both call the same modules for the same states. */
export function formulaSandboxes(environment: SandboxEnvironment): Root[] {
  return [sandboxRoot(environment, "sandbox", false), sandboxRoot(environment, "sandbox-end", true)];
}

/** The roots for the account, which makes the role of each. */
export function sandboxRoots({ sandboxes: { states } }: SandboxEnvironment) {
  return ["sandbox", "sandbox-end"].map((name) => ({ path: pathOf(name), environment: `formula-${name}`, states }));
}

function pathOf(name: string): string {
  return `environments/formula/${name}`;
}

function sandboxRoot(environment: SandboxEnvironment, path: string, ending: boolean): Root {
  const { account, region, sandboxes } = environment;
  const root = new Root({
    path: pathOf(path),
    source: "environments/formula/sandbox.ts",
    accountId: account.id,
    region,
    backend: account.state,
    tags: { CostCenter: "formula", App: "formula", Owner: "developers", Env: "sandbox" },
    delivery: delivery(account, `formula-${path}`, 1),
    production: false,
    ending,
    sandboxes,
  });
  const sandbox = declareSandbox(root, sandboxes);
  const name = `formula-sandbox-${sandbox.name}`;
  const permissionsBoundaryArn = workloadsBoundaryArn(account);
  const key = new Kms(root, "key", {
    name,
    description: "Data and logs of a sandbox",
    accountId: account.id,
    region,
    services: ["logs", "events", "rds-events"],
  });
  const alerts = new SnsTopic(root, "alerts", {
    name: `${name}-alerts`,
    accountId: account.id,
    kmsKeyArn: key.arn,
    publishers: ["events.amazonaws.com", "events.rds.amazonaws.com"],
  });
  const logs = { logKmsKeyArn: key.arn, logRetentionDays: LOG_DAYS } as const;
  const { vpc, groups, taskSubnetIds } = network(root, environment, {
    name,
    slot: sandbox.slot,
    logsKeyArn: key.arn,
    logDays: LOG_DAYS,
  });
  const database = new Rds(root, "database", {
    ...logs,
    name,
    accountId: account.id,
    subnetIds: values(vpc.dataSubnetIds),
    securityGroupIds: [groups.ids.at("database")],
    kmsKeyArn: key.arn,
    alertTopicArn: alerts.arn,
    databaseName: DATABASE_NAME,
    instanceClass: "db.t4g.micro",
    multiAz: false,
    allocatedStorageGiB: 20,
    maxAllocatedStorageGiB: 22,
    backupRetentionDays: 7,
    permissionsBoundaryArn,
  });
  const cluster = new EcsCluster(root, "cluster", { ...logs, name, alertTopicArn: alerts.arn });
  const { repository, tag } = environment.image;
  const task = new EcsTaskDefinition(root, "task", {
    ...logs,
    name,
    accountId: account.id,
    region,
    image: `${account.id}.dkr.ecr.${region}.amazonaws.com/${repository}:${tag}`,
    repositoryArn: `arn:aws:ecr:${region}:${account.id}:repository/${repository}`,
    cpu: 512,
    memoryMiB: 1024,
    port: API_PORT,
    environment: databaseEnvironment(database, DATABASE_NAME),
    secrets: login("DATABASE", database.masterUserSecretArn),
    secretsKmsKeyArns: [key.arn],
    permissionsBoundaryArn,
  });
  new EcsService(root, "service", {
    name: "api",
    clusterName: cluster.name,
    taskDefinitionArn: task.arn,
    containerName: task.containerName,
    subnetIds: taskSubnetIds,
    securityGroupId: groups.ids.at("api"),
    minTasks: 1,
    maxTasks: 1,
  });
  root.output(
    "cluster",
    cluster.name,
    "Cluster of the service, for the deployment of an image and for tasks with tests.",
  );
  root.output("client_security_group", groups.ids.at("clients"), "Security group of tasks that call the service.");
  root.output("client_subnets", taskSubnetIds, "Subnets of these tasks.");
  return root;
}
