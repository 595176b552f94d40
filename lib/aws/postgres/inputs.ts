/** Inputs that a PostgreSQL instance and an Aurora cluster share. */
import { z } from "zod";
import { arnOf, LOG_RETENTION_DAYS } from "../../generator/inputs/identifiers";
import { set, sizing, text } from "../../generator/inputs/schema";
import { WINDOW_INPUTS } from "./windows";

const NAME = text(
  /^[a-z][a-z0-9_]{0,62}$/,
  "up to 63 lower-case letters, digits and underscores, a letter first",
  "no-hyphens",
);

export const POSTGRES_INPUTS = {
  securityGroupIds: set(z.string()).describe("Security groups. They alone decide who can connect to the database."),
  kmsKeyArn: arnOf("kms").describe(
    "Key for storage, backups, Performance Insights and the master password. It cannot be changed later, and without it the final snapshots are lost.",
  ),
  logKmsKeyArn: arnOf("kms").describe(
    "Key that encrypts the exported logs. RDS can write a last line after a destruction and then creates the group again: delete that group before the next creation.",
  ),
  databaseName: NAME.describe("Database that is created first."),
  masterUsername: NAME.default("dbadmin").describe("Master user, for migrations. Terraform never has its password."),
  allowMajorVersionUpgrade: z
    .boolean()
    .default(false)
    .describe(
      "Whether a new major version may be applied. It causes an outage, needs a new parameter group, and only a restore undoes it.",
    ),
  backupRetentionDays: sizing(z.int().min(7).max(35)).describe(
    "Retention of automated backups, for point-in-time recovery.",
  ),
  ...WINDOW_INPUTS,
  logRetentionDays: sizing(LOG_RETENTION_DAYS).describe("Retention of the exported logs."),
};
