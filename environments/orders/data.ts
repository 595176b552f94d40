/** What is kept: orders in PostgreSQL and in the queue, images, secrets; and the copies that a standby needs. */
import { type Expression, type Value, values } from "../../lib";
import { Ecr } from "../../modules/ecr";
import { Rds } from "../../modules/rds";
import { RdsBackupReplication } from "../../modules/rds-backup-replication";
import { S3AccessLogs } from "../../modules/s3-access-logs";
import { SecretsManager } from "../../modules/secrets-manager";
import { Sqs } from "../../modules/sqs";
import { workloadsBoundaryArn } from "../accounts";
import type { Network } from "./network";
import { WORKER_TIMEOUT_SECONDS } from "./services";
import { type Context, nameOf } from "./system";

export const DATABASE_NAME = "orders";

const SERVICES = ["api", "worker"] as const;

export function data(context: Context, network: Network) {
  const { root, environment, name, dataKeyArn } = context;
  const { account, sizing, standbyFor } = environment;
  const accessLogs = new S3AccessLogs(root, "access_logs", {
    name: `${name}-access-logs-${account.id}`,
    accountId: account.id,
    retentionDays: sizing.logRetentionDays,
  });
  const queue = new Sqs(root, "queue", {
    name,
    accountId: account.id,
    kmsKeyArn: dataKeyArn,
    senderRoleNames: [`${name}-api-task`],
    receiverRoleNames: [`${name}-worker-task`],
    workerTimeoutSeconds: WORKER_TIMEOUT_SECONDS,
  });
  const images = new Ecr(root, "images", {
    name: nameOf(standbyFor ?? environment),
    services: SERVICES,
    kmsKeyArn: dataKeyArn,
  });
  return {
    accessLogs,
    queue,
    images,
    database: database(context, network),
    databaseSecretArn: databaseSecret(context),
  };
}

export type Data = ReturnType<typeof data>;

/** A standby has a database of its own, so that all of it is known to work, and after its promotion the restored one. */
function database(context: Context, { vpc, groups }: Network) {
  const { root, environment, name, dataKeyArn, logsKeyArn, alertTopicArn } = context;
  const { account, sizing, standbyFor } = environment;
  const inputs = {
    accountId: account.id,
    subnetIds: values(vpc.dataSubnetIds),
    securityGroupIds: [groups.ids.at("database")],
    kmsKeyArn: dataKeyArn,
    logKmsKeyArn: logsKeyArn,
    alertTopicArn,
    databaseName: DATABASE_NAME,
    ...sizing.database,
    logRetentionDays: sizing.logRetentionDays,
    permissionsBoundaryArn: workloadsBoundaryArn(account),
  };
  const own = new Rds(root, "database", { ...inputs, name });
  if (standbyFor === null) return own;
  const copies = new RdsBackupReplication(root, "backup_replication", {
    accountId: account.id,
    sourceName: nameOf(standbyFor),
    sourceRegion: standbyFor.region,
    retentionDays: sizing.database.backupRetentionDays,
    kmsKeyArn: dataKeyArn,
  });
  if (standbyFor.restore === null) return own;
  return new Rds(root, "restored_database", {
    ...inputs,
    name: `${name}-restored`,
    restore: {
      sourceDbInstanceAutomatedBackupsArn: copies.automatedBackupsArn,
      restoreTime: standbyFor.restore.time,
    },
  });
}

/** JSON with username and password of the application's database user. */
function databaseSecret({ root, environment, name, dataKeyArn }: Context): Value<string> {
  const { account, region, standby, standbyFor } = environment;
  if (standbyFor !== null) {
    const { databaseSecretSuffix } = standbyFor;
    return `arn:aws:secretsmanager:${region}:${account.id}:secret:${nameOf(standbyFor)}/database-application-${databaseSecretSuffix}`;
  }
  const secrets = new SecretsManager(root, "secrets", {
    name,
    accountId: account.id,
    kmsKeyArn: dataKeyArn,
    secrets: {
      "database-application":
        "JSON with username and password of the application's database user; put in by an operator before the first migration, which makes that user",
    },
    ...(standby && {
      replicas: { [standby.region]: `arn:aws:kms:${standby.region}:${account.id}:alias/${nameOf(standby)}-data` },
    }),
  });
  return secrets.arns.at("database-application") satisfies Expression<string>;
}
