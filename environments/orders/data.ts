/** Stores: orders in PostgreSQL and in the queue, images, secrets; and the copies that a standby needs. */
import type { Expression, Value } from "../../lib";
import { Ecr } from "../../modules/ecr";
import { S3AccessLogs } from "../../modules/s3-access-logs";
import { SecretsManager } from "../../modules/secrets-manager";
import { Sqs } from "../../modules/sqs";
import { STANDBY_SECRETS_KEY } from "../common/delivery";
import { type Context, nameOf } from "./context";
import { database } from "./databases";
import type { Network } from "./network";
import { WORKER_TIMEOUT_SECONDS } from "./services";

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

/** ARN of the secret whose JSON has username and password of the application's database user. */
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
        "JSON with username and password of the application's database user; an operator sets it before the first migration, which creates the user",
    },
    ...(standby && {
      replicas: { [standby.region]: `arn:aws:kms:${standby.region}:${account.id}:alias/${STANDBY_SECRETS_KEY}` },
    }),
  });
  return secrets.arns.at("database-application") satisfies Expression<string>;
}
