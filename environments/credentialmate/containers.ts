/** Containers: four services, and migrations that the pipeline runs as one-off tasks. */
import type { Value } from "../../lib";
import { EcsCluster } from "../../modules/ecs-cluster";
import { EcsService } from "../../modules/ecs-service";
import { EcsTaskDefinition } from "../../modules/ecs-task-definition";
import { databaseEnvironment, login, migrationTask, taskBasics } from "../common/containers";
import type { ComposedEnvironment, Context } from "./context";
import { DATABASE_NAME, type Data } from "./data";
import type { ServiceName } from "./environment";
import type { Ingress } from "./ingress";
import type { Network } from "./network";
import { ACTIONS, type Permission, SERVICES } from "./services";

/** Target of the scaling: requests per minute and task. */
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
  migrationTask(context, taskBasics(context, data.images, "backend-service"), {
    database: data.database,
    databaseName: DATABASE_NAME,
    applicationSecretArn: data.secrets.arns.at("database-application"),
  });
  root.output("cluster", cluster.name, "Cluster that the pipeline deploys to.");
  root.output("secrets", data.secrets.arns, "ARNs of the secrets whose values an operator sets, by name.");
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
    ...taskBasics(context, data.images, service),
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
      ...(usesDatabase && databaseEnvironment(data.database, DATABASE_NAME)),
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

/**
 * In the sandbox, SES requires the permission to send on the identity of the recipient as well as on that of the
 * sender.
 */
function testRecipientArns({ account, region, testRecipients }: ComposedEnvironment): string[] {
  return testRecipients.map((address) => `arn:aws:ses:${region}:${account.id}:identity/${address}`);
}

/** The name of a call: `frontend_service`. */
function id(service: ServiceName): string {
  return service.replaceAll("-", "_");
}
