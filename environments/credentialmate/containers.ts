/** What runs: four services, and migrations that the pipeline runs once. */
import type { Expression, Value } from "../../lib";
import { EcsCluster } from "../../modules/ecs-cluster";
import { EcsService } from "../../modules/ecs-service";
import { EcsTaskDefinition } from "../../modules/ecs-task-definition";
import { workloadsBoundaryArn } from "../accounts";
import type { Context } from "./context";
import { DATABASE_NAME, type Data } from "./data";
import type { CredentialMateEnvironment, ServiceName } from "./environment";
import type { Ingress } from "./ingress";
import type { Network } from "./network";
import { ACTIONS, type Permission, SERVICES } from "./services";

/** Requests a minute that one task should get. */
const REQUESTS_PER_TARGET = 1000;

export function containers(context: Context, network: Network, data: Data, loadBalancer: Ingress) {
  const { root, name, environment, alertTopicArn } = context;
  const { taskSubnetIds, groups } = network;
  const cluster = new EcsCluster(root, "cluster", {
    name,
    logKmsKeyArn: context.logsKeyArn,
    logRetentionDays: environment.sizing.logRetentionDays,
    alertTopicArn,
  });
  const run = (service: ServiceName) => {
    const { ingress } = SERVICES[service];
    const { minTasks, maxTasks } = environment.sizing.services[service];
    const task = serviceTask(context, data, service);
    new EcsService(root, id(service), {
      name: service,
      clusterName: cluster.name,
      taskDefinitionArn: task.arn,
      containerName: task.containerName,
      subnetIds: taskSubnetIds,
      securityGroupId: groups.ids.at(service),
      minTasks,
      maxTasks,
      loadBalancer: ingress && {
        targetGroupArn: loadBalancer.targetGroupArns.at(service),
        containerPort: ingress.port,
        arnSuffix: loadBalancer.arnSuffix,
        targetGroupArnSuffix: loadBalancer.targetGroupArnSuffixes.at(service),
        requestsPerTarget: REQUESTS_PER_TARGET,
      },
    });
    return task;
  };
  const tasks = {
    "frontend-service": run("frontend-service"),
    "backend-service": run("backend-service"),
    "parser-service": run("parser-service"),
    "notification-worker": run("notification-worker"),
  };
  const migrations = migrationTask(context, data);
  root.output("cluster", cluster.name, "Cluster that the pipeline deploys to.");
  root.output(
    "migrations",
    migrations.family,
    "Task definition that the pipeline runs for Alembic migrations, behind a person's approval.",
  );
  root.output("secrets", data.secrets.arns, "Secrets that an administrator puts values into, by name.");
  root.output("migrations_security_group", groups.ids.at("migrations"), "Security group for the migration task.");
  root.output("private_subnets", taskSubnetIds, "Subnets for the migration task.");
  return { cluster, tasks };
}

export type Containers = ReturnType<typeof containers>;

function serviceTask(context: Context, data: Data, service: ServiceName) {
  const { permissions, usesDatabase, ingress, liveness, runtime, writablePaths } = SERVICES[service];
  const { cpu, memoryMiB } = context.environment.sizing.services[service];
  const { secrets } = data;
  const may = (permission: Permission) => permissions.some((granted) => granted === permission);
  return new EcsTaskDefinition(context.root, `${id(service)}_task`, {
    ...taskBasics(context, data, service),
    name: `${context.name}-${service}`,
    cpu,
    memoryMiB,
    port: ingress === null ? null : ingress.port,
    environment: {
      ...runtime,
      APP_URL: `https://${context.environment.domain}`,
      ...(may("ReadDocuments") && { DOCUMENTS_BUCKET: data.documents.name }),
      ...(may("AppendToAuditLog") && { AUDIT_LOG_GROUP: data.auditLog.name }),
      ...(may("SendEmail") && { EMAIL_CONFIGURATION_SET: data.email.configurationSetName }),
      ...(usesDatabase && databaseEnvironment(data)),
    },
    secrets: {
      ...(ingress !== null && { SESSION_KEY: `${secrets.arns.at("application")}:session_key::` }),
      ...(usesDatabase && login("DATABASE", secrets.arns.at("database-application"))),
    },
    healthCheckCommand: liveness,
    writablePaths,
    permissions: Object.fromEntries(
      permissions.map((permission) => [
        permission,
        { actions: ACTIONS[permission], resources: resourcesOf(permission, context, data) },
      ]),
    ),
  });
}

/**
 * Alembic runs as the master user, whose password RDS manages; the services never see it. The first migration makes the
 * application's user, with the name and the password that the services log in with.
 */
function migrationTask(context: Context, data: Data) {
  return new EcsTaskDefinition(context.root, "migrations_task", {
    ...taskBasics(context, data, "backend-service"),
    name: `${context.name}-migrations`,
    cpu: 256,
    memoryMiB: 512,
    command: ["alembic", "upgrade", "head"],
    environment: databaseEnvironment(data),
    secrets: {
      ...login("DATABASE", data.database.masterUserSecretArn),
      ...login("APPLICATION_DATABASE", data.secrets.arns.at("database-application")),
    },
  });
}

function taskBasics({ environment, dataKeyArn, logsKeyArn }: Context, { images }: Data, image: ServiceName) {
  return {
    accountId: environment.account.id,
    region: environment.region,
    image: `${images.urls.at(image)}:initial`,
    repositoryArn: images.arns.at(image),
    secretsKmsKeyArns: [dataKeyArn],
    permissionsBoundaryArn: workloadsBoundaryArn(environment.account),
    logKmsKeyArn: logsKeyArn,
    logRetentionDays: environment.sizing.logRetentionDays,
  };
}

function databaseEnvironment({ database }: Data) {
  return {
    DATABASE_HOST: database.address,
    DATABASE_PORT: `${database.port}`,
    DATABASE_NAME,
    DATABASE_SSLMODE: "verify-full",
  };
}

function login(variable: string, secretArn: Expression<string>) {
  return { [`${variable}_USERNAME`]: `${secretArn}:username::`, [`${variable}_PASSWORD`]: `${secretArn}:password::` };
}

function resourcesOf(
  permission: Permission,
  { dataKeyArn, environment }: Context,
  { auditLog, documents, email }: Data,
): Value<string>[] {
  switch (permission) {
    case "ReadDocuments":
    case "WriteDocuments":
      return [`${documents.arn}/*`];
    case "UseDocumentsKey":
      return [dataKeyArn];
    case "AppendToAuditLog":
      return [`${auditLog.arn}:*`];
    case "SendEmail":
      return [email.identityArn, email.configurationSetArn, ...testRecipientArns(environment)];
  }
}

/** In the sandbox, SES asks for the permission to send on the recipient's identity as well as on the sender's. */
function testRecipientArns({ account, region, testRecipients }: CredentialMateEnvironment): string[] {
  return testRecipients.map((address) => `arn:aws:ses:${region}:${account.id}:identity/${address}`);
}

/** A name in Terraform's spelling: `frontend_service`. */
function id(service: ServiceName): string {
  return service.replaceAll("-", "_");
}
