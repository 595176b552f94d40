/** The root of the API: the service with its web ACL and alarms, and what serves, measures or calls it has to know. */
import { type Root, values } from "../../../lib";
import { ApiParameters } from "../../../modules/api-parameters";
import { CloudwatchAlarms } from "../../../modules/cloudwatch-alarms";
import { together, webServiceAlarms } from "../../../modules/cloudwatch-alarms/catalogue";
import { DatabaseLookup } from "../../../modules/database-lookup";
import { EcsCluster } from "../../../modules/ecs-cluster";
import { NetworkLookup } from "../../../modules/network-lookup";
import { RegistryLookup } from "../../../modules/registry-lookup";
import { webAcl } from "../../common/web-acl";
import { apiName, type ComposedEnvironment, componentRoot, nameOf, parametersPath } from "../context";
import { COMPUTE, type Compute, requireAcknowledgement } from "./compute";
import { migrations } from "./migrations";
import { apiService, HEALTH_PATH } from "./service";

/** @param compute another value than the system's only in tests */
export function vitalityApi(environment: ComposedEnvironment, compute: Compute = COMPUTE): Root {
  const root = componentRoot(environment, "api");
  requireAcknowledgement(root.address, compute);
  const name = nameOf(environment);
  const path = parametersPath(environment);
  const network = new NetworkLookup(root, "network", { path });
  const database = new DatabaseLookup(root, "database", { path });
  const registry = new RegistryLookup(root, "registry", { path });
  const { dataKeyArn, logsKeyArn, alertTopicArn } = network;
  const cluster = new EcsCluster(root, "cluster", {
    name,
    logKmsKeyArn: logsKeyArn,
    logRetentionDays: environment.sizing.logRetentionDays,
    alertTopicArn,
  });
  const parts = { root, environment, network, database, registry, cluster };
  const { service, metrics, latencyUnit, alarms } = apiService(parts, compute);
  migrations(parts);
  webAcl(
    { root, environment, name: apiName(environment), dataKeyArn, logsKeyArn, alertTopicArn },
    service.webAclTargetArn,
  );
  const { maxInstances, alarms: thresholds } = environment.sizing.api;
  const alarmsOfAll = new CloudwatchAlarms(root, "alarms", {
    name,
    topicArn: alertTopicArn,
    ...together({ alarms }, webServiceAlarms({ name: "api", metrics, latencyUnit, maxInstances }, thresholds)),
  });
  new ApiParameters(root, "parameters", {
    path,
    host: service.host,
    healthPath: HEALTH_PATH,
    serviceArn: service.arn,
    serviceName: service.name,
    roleArn: service.roleArn,
    logGroupName: service.logGroupName,
    metrics,
    latencyUnit,
    alarmArns: values(alarmsOfAll.arns),
    metricsNamespace: name,
  });
  root.output("service", service.name, "Service that the pipeline deploys to.");
  return root;
}
