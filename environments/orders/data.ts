/** Stores: orders in PostgreSQL and in the queue, images, secrets; and the copies that a standby needs. */
import { Ecr } from "../../modules/ecr";
import { S3AccessLogs } from "../../modules/s3-access-logs";
import { Sqs } from "../../modules/sqs";
import { databases } from "../common/databases";
import { databaseSecret } from "../common/standby";
import { type Context, DATABASE_NAME, nameOf, SYSTEM } from "./context";
import type { Network } from "./network";
import { WORKER_TIMEOUT_SECONDS } from "./services";

const SERVICES = ["api", "worker"] as const;

const LOGIN =
  "JSON with username and password of the application's database user; an operator sets it before the first migration, which creates the user";

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
    database: databases(context, network, DATABASE_NAME).database,
    databaseSecretArn: databaseSecret(context, SYSTEM, LOGIN),
  };
}

export type Data = ReturnType<typeof data>;
