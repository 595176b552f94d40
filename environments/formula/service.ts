/** The NestJS service: a cluster, a service of each colour in it, and the task that migrates the database. */
import { values } from "../../lib";
import { CloudMapNamespace } from "../../modules/cloud-map-namespace";
import { EcsCluster } from "../../modules/ecs-cluster";
import { EcsService } from "../../modules/ecs-service";
import { EcsTaskDefinition } from "../../modules/ecs-task-definition";
import { databaseEnvironment, login, migrationTask, taskBasics } from "../common/containers";
import { copiedSecretsKeys } from "../common/standby";
import { API_PORT, type Context, DATABASE_NAME, HEALTH_PATH, serviceName } from "./context";
import type { Data } from "./data";
import { erasure } from "./erasure";
import type { Identity } from "./identity";
import type { Ingress } from "./ingress";
import type { Network } from "./network";

export function service(context: Context, network: Network, data: Data, users: Identity, { balanced }: Ingress) {
  const { root, environment, name } = context;
  const { sizing } = environment;
  const { scaling, ...size } = sizing.service;
  const cluster = new EcsCluster(root, "cluster", {
    name,
    containerInsights: sizing.containerInsights,
    logKmsKeyArn: context.logsKeyArn,
    logRetentionDays: sizing.logRetentionDays,
    alertTopicArn: context.alertTopicArn,
  });
  const erasing = erasure(context, { ...data, network, cluster, pool: users.pool });
  const names = new CloudMapNamespace(root, "service_names", {
    name: `${name}.internal`,
    vpcId: network.vpc.id,
    services: Object.fromEntries(
      environment.colours.map((colour) => [`api-${colour}`, { description: `Tasks of the ${colour} service` }]),
    ),
  });
  const services = balanced.map(({ colour, loadBalancer }) => {
    const task = new EcsTaskDefinition(root, `${colour}_task`, {
      ...taskBasics(context, data.images, "api"),
      ...copiedSecretsKeys(environment),
      name: serviceName(environment, colour),
      cpu: size.cpu,
      memoryMiB: size.memoryMiB,
      port: API_PORT,
      healthCheckCommand: LIVENESS,
      environment: {
        ...(data.database && databaseEnvironment(data.database, DATABASE_NAME)),
        SERVING: environment.serving ? "yes" : "no",
        ...users.tokens,
        ...erasing.environment,
        LOG_LEVEL: sizing.logLevel,
        OTEL_SDK_DISABLED: sizing.tracing ? "false" : "true",
        OTEL_SERVICE_NAME: serviceName(environment, colour),
        OTEL_PROPAGATORS: "xray",
      },
      secrets: login("DATABASE", data.databaseSecretArn),
      permissions: erasing.permissions,
      traceCollector: sizing.tracing
        ? {
            image: `${data.images.urls.at("otel-collector")}:${COLLECTOR_VERSION}`,
            repositoryArn: data.images.arns.at("otel-collector"),
          }
        : null,
    });
    const service = new EcsService(root, `${colour}_service`, {
      name: serviceName(environment, colour),
      clusterName: cluster.name,
      taskDefinitionArn: task.arn,
      containerName: task.containerName,
      subnetIds: values(network.vpc.privateSubnetIds),
      securityGroupId: network.groups.ids.at("tasks"),
      minTasks: size.minTasks,
      maxTasks: size.maxTasks,
      cpuTargetPercent: scaling.cpuPercent,
      memoryTargetPercent: scaling.memoryPercent,
      loadBalancer: {
        targetGroupArn: loadBalancer.targetGroupArns.at("service"),
        containerPort: API_PORT,
        arnSuffix: loadBalancer.arnSuffix,
        targetGroupArnSuffix: loadBalancer.targetGroupArnSuffixes.at("service"),
        // The maximum of tasks serves the peak.
        requestsPerTarget: scaling.byRequests ? Math.ceil(sizing.peakRequestsPerMinute / size.maxTasks) : null,
      },
      serviceRegistryArn: names.serviceArns.at(`api-${colour}`),
    });
    return { colour, loadBalancer, task, service };
  });
  // A standby has no migrations: its restored database has production's schema, and its promotion must create no role.
  if (environment.standbyFor === null && data.database !== null) {
    migrationTask(context, taskBasics(context, data.images, "api"), {
      database: data.database,
      databaseName: DATABASE_NAME,
      applicationSecretArn: data.databaseSecretArn,
      tool: TYPEORM,
    });
  }
  root.output("cluster", cluster.name, "Cluster that the pipeline deploys to.");
  root.output("tasks_security_group", network.groups.ids.at("tasks"), "Security group for the migration task.");
  root.output("private_subnets", values(network.vpc.privateSubnetIds), "Subnets for the migration task.");
  return { cluster, services, erasing };
}

export type Service = ReturnType<typeof service>;

/** Version of the AWS Distro for OpenTelemetry, whose image the repository `otel-collector` has a copy of. */
const COLLECTOR_VERSION = "v0.43.3";

/** The service makes its certificate at each start: the load balancer encrypts, and verifies no certificate of a target. */
const LIVENESS = [
  "CMD",
  "node",
  "-e",
  `const request = require('https').get({ port: ${API_PORT}, path: '${HEALTH_PATH}', rejectUnauthorized: false, timeout: 4000 }, ({ statusCode }) => process.exit(statusCode === 200 ? 0 : 1)); request.on('error', () => process.exit(1)); request.on('timeout', () => process.exit(1))`,
];

const TYPEORM = {
  name: "TypeORM",
  command: ["npx", "typeorm", "migration:run", "--dataSource", "dist/data-source.js"],
};
