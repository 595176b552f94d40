/** The root of the network, of the keys and of the alert topic, which the roots of the other components use. */
import { type Root, values } from "../../../lib";
import { CloudwatchAlarms } from "../../../modules/cloudwatch-alarms";
import { endpointAlarms } from "../../../modules/cloudwatch-alarms/catalogue";
import { NetworkParameters } from "../../../modules/network-parameters";
import { S3AccessLogs } from "../../../modules/s3-access-logs";
import { SecurityGroups } from "../../../modules/security-groups";
import { type Connection, connections } from "../../../modules/security-groups/connections";
import { VpcInterfaceEndpoints } from "../../../modules/vpc-interface-endpoints";
import { keysAndAlerts } from "../../common/keys-and-alerts";
import { vpcWithGateways } from "../../common/network";
import { type ComposedEnvironment, componentRoot, DATABASE_PORT, parametersPath, SYSTEM } from "../context";

export function vitalityNetwork(environment: ComposedEnvironment): Root {
  const root = componentRoot(environment, "network");
  const { account, region, sizing } = environment;
  const context = keysAndAlerts(root, environment, {
    name: SYSTEM,
    title: "Vitality",
    data: "database, images, secrets",
    publishers: ["cloudwatch", "events", "rds-events"],
  });
  const { name, dataKeyArn, logsKeyArn, alertTopicArn } = context;
  const { vpc } = vpcWithGateways(context, []);
  const groups = new SecurityGroups(root, "security_groups", {
    name,
    vpcId: vpc.id,
    groups: {
      service: "API",
      database: "Database",
      endpoints: "Interface endpoints of AWS services",
    },
    connections: connections(ALLOWED),
  });
  const endpoints = new VpcInterfaceEndpoints(root, "interface_endpoints", {
    name,
    accountId: account.id,
    region,
    vpcId: vpc.id,
    subnetIds: values(vpc.privateSubnetIds),
    securityGroupId: groups.ids.at("endpoints"),
    services: ENDPOINT_SERVICES,
  });
  const alarmSet = endpointAlarms(
    Object.fromEntries(Object.keys(ENDPOINT_SERVICES).map((service) => [service, endpoints.ids.at(service)])),
    { vpcId: vpc.id, region },
    sizing.network.alarms,
  );
  const { arns } = new CloudwatchAlarms(root, "alarms", {
    name: `${name}-network`,
    topicArn: alertTopicArn,
    ...alarmSet,
  });
  const accessLogs = new S3AccessLogs(root, "access_logs", {
    name: `${name}-access-logs-${account.id}`,
    accountId: account.id,
    retentionDays: sizing.logRetentionDays,
  });
  new NetworkParameters(root, "parameters", {
    path: parametersPath(environment),
    vpcId: vpc.id,
    publicSubnetIds: values(vpc.publicSubnetIds),
    privateSubnetIds: values(vpc.privateSubnetIds),
    dataSubnetIds: values(vpc.dataSubnetIds),
    serviceSecurityGroupId: groups.ids.at("service"),
    databaseSecurityGroupId: groups.ids.at("database"),
    dataKeyArn,
    logsKeyArn,
    alertTopicArn,
    accessLogBucket: accessLogs.name,
    alarmArns: Object.keys(alarmSet.alarms ?? {}).map((alarm) => arns.at(alarm)),
  });
  return root;
}

const ALLOWED: readonly Connection[] = [
  { from: "service", to: "database", port: DATABASE_PORT, description: "PostgreSQL for the API and migrations" },
  { from: "service", to: "endpoints", port: 443, description: "AWS services for the API" },
];

/** The network has no way to the internet: what the API calls has an endpoint, with the actions that it needs. */
const ENDPOINT_SERVICES: Readonly<Record<string, readonly string[]>> = {
  "ecr.api": [
    "ecr:BatchCheckLayerAvailability",
    "ecr:BatchGetImage",
    "ecr:GetAuthorizationToken",
    "ecr:GetDownloadUrlForLayer",
  ],
  "ecr.dkr": ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
  kms: ["kms:Decrypt", "kms:GenerateDataKey"],
  logs: ["logs:CreateLogStream", "logs:PutLogEvents"],
  secretsmanager: ["secretsmanager:GetSecretValue"],
  sts: ["sts:GetCallerIdentity"],
  xray: ["xray:GetSamplingRules", "xray:GetSamplingTargets", "xray:PutTelemetryRecords", "xray:PutTraceSegments"],
};
