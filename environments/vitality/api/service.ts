/** The service of the API on App Runner or on Fargate: equal outputs, and metrics by their meaning. */
import { AcmCertificate } from "../../../modules/acm-certificate";
import { ACCOUNT_USES_APP_RUNNER, AppRunner } from "../../../modules/app-runner";
import {
  appRunnerMetrics,
  containerServiceMetrics,
  logSettingAlarms,
  type WebServiceMetrics,
} from "../../../modules/cloudwatch-alarms/catalogue";
import { ContainerService } from "../../../modules/container-service";
import { API_PORT, apiName, nameOf } from "../context";
import type { Compute } from "./compute";
import { containerOf, databaseEnvironment, logIn, type Parts } from "./container";

/** Answers 200 if the process lives. It does not use the database: otherwise a failover would replace every instance. */
export const HEALTH_PATH = "/api/health";

export interface ApiService {
  readonly service: InstanceType<typeof AppRunner>;
  readonly metrics: WebServiceMetrics;
  readonly latencyUnit: "milliseconds" | "seconds";
  /** Alarms that only one kind of service has. */
  readonly alarms: ReturnType<typeof logSettingAlarms>;
}

export function apiService(parts: Parts, { kind }: Compute): ApiService {
  return kind === "app-runner" ? onAppRunner(parts) : onFargate(parts);
}

function onAppRunner(parts: Parts): ApiService {
  const inputs = inputsOf(parts);
  const service = new AppRunner(parts.root, "api", {
    ...inputs,
    accountUsesAppRunner: ACCOUNT_USES_APP_RUNNER,
    kmsKeyArn: parts.network.dataKeyArn,
  });
  const dimensions = (name: string) => service.requestDimensions.at(name);
  return {
    service,
    metrics: appRunnerMetrics({ ServiceName: dimensions("ServiceName"), ServiceID: dimensions("ServiceID") }),
    latencyUnit: "milliseconds",
    alarms: logSettingAlarms("api", `${inputs.name}-logs`),
  };
}

function onFargate(parts: Parts): ApiService {
  const { root, network, environment, cluster } = parts;
  const domainName = `api.${environment.domain}`;
  const certificate = new AcmCertificate(root, "certificate", { domainName, zoneId: environment.zoneId });
  const service = new ContainerService(root, "api", {
    ...inputsOf(parts),
    clusterName: cluster.name,
    vpcId: network.vpcId,
    publicSubnetIds: network.publicSubnetIds,
    domainName,
    zoneId: environment.zoneId,
    certificateArn: certificate.arn,
    accessLogBucket: network.accessLogBucket,
  });
  const instances = (name: string) => service.instanceDimensions.at(name);
  return {
    service,
    metrics: containerServiceMetrics(
      { LoadBalancer: service.requestDimensions.at("LoadBalancer") },
      { ClusterName: instances("ClusterName"), ServiceName: instances("ServiceName") },
    ),
    latencyUnit: "seconds",
    alarms: {},
  };
}

function inputsOf(parts: Parts) {
  const { environment, network, database } = parts;
  const { alarms: _, ...size } = environment.sizing.api;
  const name = apiName(environment);
  return {
    ...containerOf(parts),
    name,
    port: API_PORT,
    healthCheckPath: HEALTH_PATH,
    subnetIds: network.privateSubnetIds,
    securityGroupId: network.serviceSecurityGroupId,
    ...size,
    environment: {
      ...databaseEnvironment(parts),
      DATABASE_READER_HOST: database.readerEndpoint,
      DATABASE_USER: database.user,
      METRICS_NAMESPACE: nameOf(environment),
      OTEL_SERVICE_NAME: name,
      OTEL_PROPAGATORS: "xray",
      OTEL_METRICS_EXPORTER: "none",
    },
    permissions: { LogInToDatabase: logIn(parts, database.user) },
  } as const;
}
