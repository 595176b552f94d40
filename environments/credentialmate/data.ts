/** Stores: records in PostgreSQL, documents in S3, images, secrets, the audit log; and the identity that sends mail. */
import { AuditLog } from "../../modules/audit-log";
import { Ecr } from "../../modules/ecr";
import { Kms } from "../../modules/kms";
import { Rds } from "../../modules/rds";
import { S3 } from "../../modules/s3";
import { S3AccessLogs } from "../../modules/s3-access-logs";
import { SecretsManager } from "../../modules/secrets-manager";
import { Ses } from "../../modules/ses";
import { databaseInputs } from "../common/database";
import { type Context, documentsBucketName } from "./context";
import type { Network } from "./network";
import { SERVICE_NAMES } from "./services";

export const DATABASE_NAME = "credentialmate";

export function data(context: Context, net: Network) {
  const { root, environment, name, dataKeyArn, alertTopicArn } = context;
  const { account, domain, zoneId, sizing, testRecipients } = environment;
  const database = new Rds(root, "database", { ...databaseInputs(context, net, DATABASE_NAME), name });
  const accessLogs = new S3AccessLogs(root, "access_logs", {
    name: `${name}-access-logs-${account.id}`,
    accountId: account.id,
    retentionDays: sizing.logRetentionDays,
  });
  const documents = new S3(root, "documents", {
    name: documentsBucketName(environment),
    kmsKeyArn: dataKeyArn,
    accessLogBucket: accessLogs.name,
    corsOrigins: [`https://${domain}`],
  });
  const images = new Ecr(root, "images", { name, services: SERVICE_NAMES, kmsKeyArn: dataKeyArn });
  const secrets = new SecretsManager(root, "secrets", {
    name,
    accountId: account.id,
    kmsKeyArn: dataKeyArn,
    secrets: {
      "database-application":
        "JSON with username and password of the application's database user; an operator sets it before the first migration, which creates the user",
      application: "JSON with session_key, which signs sessions; an operator sets it before the first deployment",
    },
  });
  const email = new Ses(root, "email", { name, domain, zoneId, alertTopicArn, testRecipients });
  const auditKey = new Kms(root, "audit_key", {
    accountId: account.id,
    region: environment.region,
    name: `${name}-audit`,
    description: "CredentialMate: audit log",
    services: ["logs"],
  });
  const auditLog = new AuditLog(root, "audit_log", { name, kmsKeyArn: auditKey.arn });
  return { database, auditLog, accessLogs, documents, images, secrets, email };
}

export type Data = ReturnType<typeof data>;
