/** Stores: the database and the buckets. */
import { Ecr } from "../../../modules/ecr";
import { Rds } from "../../../modules/rds";
import { S3 } from "../../../modules/s3";
import { S3AccessLogs } from "../../../modules/s3-access-logs";
import type { SecurityGroups } from "../../../modules/security-groups";
import { databaseInputs } from "../../common/database";
import { bucketName, type Context, DATABASE_NAME, IMAGES, type Store } from "../context";
import type { vpc } from "./network";

/** RDS chooses the minor version at the creation, and upgrades it in the maintenance window. */
const POSTGRESQL = "15";

export function data(context: Context, network: ReturnType<typeof vpc>, groups: InstanceType<typeof SecurityGroups>) {
  const { root, environment, name } = context;
  const { account, domain, sizing } = environment;
  const database = new Rds(root, "database", {
    ...databaseInputs(context, { vpc: network.vpc, groups }, DATABASE_NAME),
    name,
    engineVersion: POSTGRESQL,
  });
  const accessLogs = new S3AccessLogs(root, "access_logs", {
    name: `${name}-access-logs-${account.id}`,
    accountId: account.id,
    retentionDays: sizing.logRetentionDays,
  });
  const bucket = (store: Store, corsOrigins: readonly string[] = []) =>
    new S3(root, store, {
      name: bucketName(environment, store),
      kmsKeyArn: context.dataKeyArn,
      accessLogBucket: accessLogs.name,
      ...(corsOrigins.length > 0 && { corsOrigins }),
    });
  // Browsers upload photos and download reports by URLs that the API signs.
  bucket("photos", [`https://${domain}`]);
  bucket("reports", [`https://${domain}`]);
  bucket("loki");
  if (sizing.aiWorkloads) bucket("models");
  const images = new Ecr(root, "images", { name, services: IMAGES, kmsKeyArn: context.dataKeyArn });
  root.output(
    "api_repository",
    images.urls.at("api"),
    "ECR repository of the API's image, for the workflow that deploys it.",
  );
  root.output("database_address", database.address, "Host name of the database.");
  return { database, accessLogs };
}

export type Data = ReturnType<typeof data>;
