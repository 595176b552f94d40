/** Support for tests of applied databases: a root with databases, and direct calls of RDS. */
import type { Root } from "../../lib";
import { values } from "../../lib";
import { AuroraPostgresql } from "../../modules/aurora-postgresql";
import { CloudwatchAlarms } from "../../modules/cloudwatch-alarms";
import { auroraAlarms } from "../../modules/cloudwatch-alarms/catalogue";
import { DatabaseParameters } from "../../modules/database-parameters";
import { Kms } from "../../modules/kms";
import { Rds } from "../../modules/rds";
import { RdsMonitoringRole } from "../../modules/rds-monitoring-role";
import { SecurityGroups } from "../../modules/security-groups";
import { SnsTopic } from "../../modules/sns-topic";
import { Vpc } from "../../modules/vpc";
import { planSubnets } from "../../modules/vpc/plan";
import { newRoot } from "../lib/generator/support";
import { callQuery } from "../support/cloud/call";
import type { Cloud } from "../support/cloud/server";

export const ACCOUNT = "111122223333";
export const REGION = "eu-central-1";

/** Databases by the ids of their calls, with the inputs that differ from the defaults. */
export type Databases = Readonly<Record<string, { readonly engineVersion?: string; readonly backupsArn?: string }>>;

/** A root with a network and these databases. */
export function databases(calls: Databases): Root {
  const { root, ...inputs } = place(["a", "b"]);
  for (const [id, { engineVersion = "15", backupsArn }] of Object.entries(calls)) {
    new Rds(root, id, {
      name: `shop-${id.replaceAll("_", "-")}`,
      accountId: ACCOUNT,
      ...inputs,
      engineVersion,
      databaseName: "shop",
      instanceClass: "db.t4g.small",
      multiAz: true,
      allocatedStorageGiB: 20,
      maxAllocatedStorageGiB: 100,
      backupRetentionDays: 14,
      iamAuthentication: true,
      logRetentionDays: 90,
      ...(backupsArn !== undefined && { restore: { sourceDbInstanceAutomatedBackupsArn: backupsArn } }),
    });
  }
  return root;
}

/** A root with Aurora clusters of these instances, their alarms, and what other roots read of them. */
export function clusters(calls: Readonly<Record<string, Readonly<Record<string, object>>>>): Root {
  const { root, ...inputs } = place(["a", "b", "c"]);
  const monitoringRole = new RdsMonitoringRole(root, "monitoring_role", { name: "shop", accountId: ACCOUNT });
  const capacity = { minAcus: 0, maxAcus: 4, secondsUntilPause: 600 };
  for (const [id, instances] of Object.entries(calls)) {
    const cluster = new AuroraPostgresql(root, id, {
      ...inputs,
      name: `shop-${id}`,
      engineVersion: "16.8",
      databaseName: "shop",
      instances,
      capacity,
      readerScaling: { maxReaders: 4, cpuPercent: 60 },
      backupRetentionDays: 14,
      logRetentionDays: 90,
      monitoringRoleArn: monitoringRole.arn,
    });
    const { arns } = new CloudwatchAlarms(root, `${id}_alarms`, {
      name: `shop-${id}`,
      topicArn: inputs.alertTopicArn,
      ...auroraAlarms(cluster, { instances, capacity }, THRESHOLDS),
    });
    new DatabaseParameters(root, `${id}_parameters`, {
      path: `/shop/${id}`,
      arn: cluster.arn,
      resourceId: cluster.resourceId,
      endpoint: cluster.endpoint,
      readerEndpoint: cluster.readerEndpoint,
      port: cluster.port,
      name: cluster.databaseName,
      alarmArns: [arns.at("deadlocks"), arns.at("storage")],
      alarmPrefix: `shop-${id}-`,
      user: "shop_service",
    });
  }
  return root;
}

const THRESHOLDS = {
  cpuPercent: 80,
  capacityPercent: 90,
  connectionPercent: 80,
  freeMemoryMiB: 256,
  replicaLagMilliseconds: 1000,
  deadlocksPerMinute: 6,
  storageGiB: 50,
};

/** A root with a network, a key and a topic, and what a database needs of them. */
function place(zones: readonly string[]) {
  const root = newRoot();
  const { arn: kmsKeyArn } = new Kms(root, "key", {
    name: "shop",
    description: "Shop: all of it.",
    accountId: ACCOUNT,
    region: REGION,
    services: ["logs", "rds-events"],
  });
  const alerts = new SnsTopic(root, "alerts", {
    name: "shop-alerts",
    accountId: ACCOUNT,
    kmsKeyArn,
    publishers: ["events.rds.amazonaws.com"],
  });
  const cidr = "10.0.0.0/16";
  const vpc = new Vpc(root, "vpc", {
    name: "shop",
    accountId: ACCOUNT,
    cidr,
    subnets: planSubnets({
      cidr,
      zones: Object.fromEntries(zones.map((zone, i) => [`${REGION}${zone}`, i])),
      tiers: ["data"],
    }),
    logKmsKeyArn: kmsKeyArn,
    flowLogRetentionDays: 90,
  });
  const groups = new SecurityGroups(root, "groups", {
    name: "shop",
    vpcId: vpc.id,
    groups: { database: "Database" },
    connections: {},
  });
  return {
    root,
    subnetIds: values(vpc.dataSubnetIds),
    securityGroupIds: [groups.ids.at("database")],
    kmsKeyArn,
    logKmsKeyArn: kmsKeyArn,
    alertTopicArn: alerts.arn,
  };
}

/** Calls an action of RDS. Returns the content of every element of this name in the answer. */
export async function rds(cloud: Cloud, element: string, form: Readonly<Record<string, string>>): Promise<string[]> {
  const answer = await callQuery(cloud, { service: "rds", region: REGION }, { Version: "2014-10-31", ...form });
  return [...answer.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, "g"))].map(([, content = ""]) => content);
}
