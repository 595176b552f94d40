/** Stores: the database, images of containers, the login of the service. */
import { Ecr } from "../../modules/ecr";
import { Rds } from "../../modules/rds";
import { SecretsManager } from "../../modules/secrets-manager";
import { databaseInputs } from "../common/database";
import { type Context, DATABASE_NAME, imagesOf } from "./context";
import type { Network } from "./network";

export function data(context: Context, network: Network) {
  const { root, environment, name, dataKeyArn } = context;
  const { account, sizing } = environment;
  const { provisionedIops, monitoringSeconds } = sizing.database;
  const images = new Ecr(root, "images", { name, services: imagesOf(environment), kmsKeyArn: dataKeyArn });
  const secrets = new SecretsManager(root, "secrets", {
    name,
    accountId: account.id,
    kmsKeyArn: dataKeyArn,
    secrets: {
      "database-application":
        "JSON with username and password of the service's database user; an operator sets it before the first migration, which creates the user",
    },
  });
  const database = new Rds(root, "database", {
    ...databaseInputs(context, network, DATABASE_NAME),
    ...WINDOWS,
    name,
    engineVersion: ENGINE_VERSION,
    provisionedIops,
    monitoringSeconds,
  });
  return { images, database, databaseSecretArn: secrets.arns.at("database-application") };
}

export type Data = ReturnType<typeof data>;

/** The restored copy that is masked has the same one. */
export const ENGINE_VERSION = "16";

/** In UTC. The backup is daily: it is outside of the hours of the maintenance. */
const WINDOWS = { maintenanceWindow: "Sun:02:00-Sun:04:00", backupWindow: "04:30-05:30" } as const;
