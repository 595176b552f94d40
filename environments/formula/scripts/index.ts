/** One-off tasks that run a script in the database as the user of the migrations: its roles, and in development its data. */
import { InputError } from "../../../lib";
import { EcsTaskDefinition } from "../../../modules/ecs-task-definition";
import { databaseEnvironment, login, taskBasics } from "../../common/containers";
import { type Context, DATABASE_NAME } from "../context";
import type { Data } from "../data";
import { ROLES_SQL } from "./roles";
import { SEED_SQL } from "./seed";

/** @throws InputError for seeds in an environment with data of people */
export function scripts(context: Context, stores: Data): void {
  const { root, environment } = context;
  const { production, dataClass, seeded } = environment;
  if (seeded && (production || dataClass !== undefined)) {
    const got = production ? "production" : `data that is ${dataClass}`;
    throw new InputError(root.address, [`seeded: got true in an environment with ${got}; allowed: false`]);
  }
  // The restored database of a standby has the roles of production.
  const { images, database } = stores;
  if (environment.standbyFor !== null || database === null) return;
  const roles = script(context, { images, database }, "roles", ROLES_SQL);
  if (seeded) script(context, { images, database }, "seed", SEED_SQL);
  root.output("database_roles", roles.family, "Task definition that makes the roles of the database, once.");
}

interface Stores {
  readonly images: Data["images"];
  readonly database: NonNullable<Data["database"]>;
}

function script(context: Context, { images, database }: Stores, kind: "roles" | "seed", sql: string) {
  return new EcsTaskDefinition(context.root, `${kind}_task`, {
    ...taskBasics(context, images, "api"),
    name: `${context.name}-${kind}`,
    cpu: 256,
    memoryMiB: 512,
    command: ["node", "--eval", RUN_SQL],
    environment: { ...databaseEnvironment(database, DATABASE_NAME), SQL: sql },
    secrets: login("DATABASE", database.masterUserSecretArn),
  });
}

/**
 * The image has the driver of the service, and the certificates of RDS in `NODE_EXTRA_CA_CERTS`. All statements of one query
 * are one transaction, and an error ends the process with exit code 1.
 */
export const RUN_SQL = `
const { Client } = require("pg");
const { DATABASE_HOST: host, DATABASE_PORT: port, DATABASE_NAME: database, DATABASE_USERNAME: user, DATABASE_PASSWORD: password, SQL } = process.env;
const client = new Client({ host, port, database, user, password, ssl: true });
client.connect().then(() => client.query(SQL)).finally(() => client.end());
`;
