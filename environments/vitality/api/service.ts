/** The service of the API on App Runner or on Fargate: equal outputs, and metrics by their meaning. */
import type { Root } from "../../../lib";
import { AcmCertificate } from "../../../modules/acm-certificate";
import { ACCOUNT_USES_APP_RUNNER, AppRunner } from "../../../modules/app-runner";
import {
  appRunnerMetrics,
  containerServiceMetrics,
  logSettingAlarms,
  type WebServiceMetrics,
} from "../../../modules/cloudwatch-alarms/catalogue";
import { ContainerService } from "../../../modules/container-service";
import type { EcsCluster } from "../../../modules/ecs-cluster";
import type { NetworkLookup } from "../../../modules/network-lookup";
import type { RegistryLookup } from "../../../modules/registry-lookup";
import { workloadsBoundaryArn } from "../../common/delivery";
import { API_PORT, type ComposedEnvironment, nameOf } from "../context";
import type { Compute } from "./compute";

/** Answers 200 if the process lives. It does not use the database: otherwise a failover would replace every instance. */
export const HEALTH_PATH = "/api/health";

export interface Parts {
  readonly root: Root;
  readonly environment: ComposedEnvironment;
  readonly network: InstanceType<typeof NetworkLookup>;
  readonly registry: InstanceType<typeof RegistryLookup>;
  /** Runs migrations, and the service itself on Fargate. */
  readonly cluster: InstanceType<typeof EcsCluster>;
}

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

function inputsOf({ environment, network, registry }: Parts) {
  const { account, region, sizing } = environment;
  const { alarms: _, ...size } = sizing.api;
  const name = `${nameOf(environment)}-api`;
  return {
    name,
    accountId: account.id,
    region,
    image: `${registry.repositoryUrls.at("api")}:initial`,
    repositoryArn: registry.repositoryArns.at("api"),
    port: API_PORT,
    healthCheckPath: HEALTH_PATH,
    subnetIds: network.privateSubnetIds,
    securityGroupId: network.serviceSecurityGroupId,
    ...size,
    environment: {
      METRICS_NAMESPACE: nameOf(environment),
      OTEL_SERVICE_NAME: name,
      OTEL_PROPAGATORS: "xray",
      OTEL_METRICS_EXPORTER: "none",
    },
    permissionsBoundaryArn: workloadsBoundaryArn(account),
    logKmsKeyArn: network.logsKeyArn,
    logRetentionDays: sizing.logRetentionDays,
  } as const;
}
