/** The root of the database: an Aurora cluster with its alarms, and what its clients have to know. */
import type { Root } from "../../../lib";
import { AuroraPostgresql } from "../../../modules/aurora-postgresql";
import { CloudwatchAlarms } from "../../../modules/cloudwatch-alarms";
import { auroraAlarms } from "../../../modules/cloudwatch-alarms/catalogue";
import { DatabaseParameters } from "../../../modules/database-parameters";
import { NetworkLookup } from "../../../modules/network-lookup";
import { RdsMonitoringRole } from "../../../modules/rds-monitoring-role";
import { workloadsBoundaryArn } from "../../common/delivery";
import { type ComposedEnvironment, componentRoot, nameOf, parametersPath } from "../context";

/** Version of all environments. Raise it in one after the other, and declare the difference until the last has it. */
const ENGINE_VERSION = "16.8";

/** User that the API logs in as, with IAM. A person makes it once: docs/systems/vitality/database.md. */
const SERVICE_USER = "vitality_api";

export function vitalityDatabase(environment: ComposedEnvironment): Root {
  const root = componentRoot(environment, "database");
  const { account, sizing } = environment;
  const { alarms, ...size } = sizing.database;
  const name = nameOf(environment);
  const path = parametersPath(environment);
  const network = new NetworkLookup(root, "network", { path });
  const monitoringRole = new RdsMonitoringRole(root, "monitoring_role", {
    name,
    accountId: account.id,
    permissionsBoundaryArn: workloadsBoundaryArn(account),
  });
  const database = new AuroraPostgresql(root, "database", {
    name,
    subnetIds: network.dataSubnetIds,
    securityGroupIds: [network.databaseSecurityGroupId],
    kmsKeyArn: network.dataKeyArn,
    logKmsKeyArn: network.logsKeyArn,
    alertTopicArn: network.alertTopicArn,
    engineVersion: ENGINE_VERSION,
    databaseName: "vitality",
    ...size,
    logRetentionDays: sizing.logRetentionDays,
    monitoringRoleArn: monitoringRole.arn,
  });
  const alarmSet = auroraAlarms(database, size, alarms);
  const alarmName = `${name}-database`;
  const { arns } = new CloudwatchAlarms(root, "alarms", {
    name: alarmName,
    topicArn: network.alertTopicArn,
    ...alarmSet,
  });
  new DatabaseParameters(root, "parameters", {
    path,
    arn: database.arn,
    resourceId: database.resourceId,
    endpoint: database.endpoint,
    readerEndpoint: database.readerEndpoint,
    port: database.port,
    name: database.databaseName,
    alarmArns: Object.keys(alarmSet.alarms ?? {}).map((alarm) => arns.at(alarm)),
    alarmPrefix: `${alarmName}-`,
    user: SERVICE_USER,
  });
  root.output("master_user_secret_arn", database.masterUserSecretArn, "Secret with the login of the master user.");
  return root;
}
