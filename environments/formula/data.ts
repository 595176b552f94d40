/** Stores: the database, images of containers, the login of the service; and the copies that a standby needs. */
import { values } from "../../lib";
import { Ecr } from "../../modules/ecr";
import { ImageScanAlerts } from "../../modules/image-scan-alerts";
import { databases } from "../common/databases";
import { databaseSecret } from "../common/standby";
import { type Context, DATABASE_NAME, imagesOf, nameOf, SYSTEM } from "./context";
import type { Network } from "./network";

export function data(context: Context, network: Network) {
  const { root, environment, dataKeyArn } = context;
  const { provisionedIops, monitoringSeconds } = environment.sizing.database;
  // ECR copies into repositories of the same name.
  const name = nameOf(environment.standbyFor ?? environment);
  const images = new Ecr(root, "images", { name, services: imagesOf(environment), kmsKeyArn: dataKeyArn });
  new ImageScanAlerts(root, "scan_alerts", {
    name: context.name,
    repositoryNames: values(images.names),
    alertTopicArn: context.alertTopicArn,
  });
  const { database, copies } = databases(context, network, DATABASE_NAME, {
    ...WINDOWS,
    engineVersion: ENGINE_VERSION,
    provisionedIops,
    monitoringSeconds,
  });
  return { images, database, copies, databaseSecretArn: databaseSecret(context, SYSTEM, LOGIN) };
}

export type Data = ReturnType<typeof data>;

/** Restored copies have the same one. */
export const ENGINE_VERSION = "16";

const LOGIN =
  "JSON with username and password of the service's database user; an operator sets it before the first migration, which creates the user";

/** In UTC. The backup is daily: it is outside of the hours of the maintenance. */
const WINDOWS = { maintenanceWindow: "Sun:02:00-Sun:04:00", backupWindow: "04:30-05:30" } as const;
