/** Support for tests of applied databases: a root with databases, and direct calls of RDS. */
import type { Root } from "../../lib";
import { values } from "../../lib";
import { Kms } from "../../modules/kms";
import { Rds } from "../../modules/rds";
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
    subnets: planSubnets({ cidr, zones: { [`${REGION}a`]: 0, [`${REGION}b`]: 1 }, tiers: ["data"] }),
    logKmsKeyArn: kmsKeyArn,
    flowLogRetentionDays: 90,
  });
  const groups = new SecurityGroups(root, "groups", {
    name: "shop",
    vpcId: vpc.id,
    groups: { database: "Database" },
    connections: {},
  });
  for (const [id, { engineVersion = "15", backupsArn }] of Object.entries(calls)) {
    new Rds(root, id, {
      name: `shop-${id.replaceAll("_", "-")}`,
      accountId: ACCOUNT,
      subnetIds: values(vpc.dataSubnetIds),
      securityGroupIds: [groups.ids.at("database")],
      kmsKeyArn,
      logKmsKeyArn: kmsKeyArn,
      alertTopicArn: alerts.arn,
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

/** Calls an action of RDS. Returns the content of every element of this name in the answer. */
export async function rds(cloud: Cloud, element: string, form: Readonly<Record<string, string>>): Promise<string[]> {
  const answer = await callQuery(cloud, { service: "rds", region: REGION }, { Version: "2014-10-31", ...form });
  return [...answer.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, "g"))].map(([, content = ""]) => content);
}
