/** What is kept: records in PostgreSQL, documents in S3, images, secrets; and the identity that mail is sent from. */
import { values } from "../../lib";
import { AuditLog } from "../../modules/audit-log";
import { Ecr } from "../../modules/ecr";
import { Kms } from "../../modules/kms";
import { Rds } from "../../modules/rds";
import { S3 } from "../../modules/s3";
import { S3AccessLogs } from "../../modules/s3-access-logs";
import { SecretsManager } from "../../modules/secrets-manager";
import { Ses } from "../../modules/ses";
import { workloadsBoundaryArn } from "../accounts";
import { type Context, documentsBucketName } from "./context";
import type { Network } from "./network";
import { SERVICE_NAMES } from "./services";

export const DATABASE_NAME = "credentialmate";

export function data(
  { root, environment, name, dataKeyArn, logsKeyArn, alertTopicArn }: Context,
  { vpc, groups }: Network,
) {
  const { account, domain, zoneId, sizing, testRecipients } = environment;
  const database = new Rds(root, "database", {
    name,
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
  });
  const accessLogs = new S3AccessLogs(root, "access_logs", {
    name: `credentialmate-${environment.name}-access-logs-${account.id}`,
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
        "JSON with username and password of the application's database user; put in by an administrator before the first migration, which makes that user",
      application: "JSON with session_key, which signs sessions; put in by an administrator",
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
