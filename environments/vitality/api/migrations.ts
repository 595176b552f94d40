/** Migrations of the database: the image of the API with another command, which the pipeline runs as a one-off task. */
import { EcsTaskDefinition } from "../../../modules/ecs-task-definition";
import { migrationsName } from "../context";
import { containerOf, databaseEnvironment, logIn, type Parts } from "./container";

/** Owner of the tables. A person makes it once: docs/systems/vitality/database.md. */
const OWNER = "vitality_owner";

export function migrations(parts: Parts): void {
  const { root, environment, network } = parts;
  const task = new EcsTaskDefinition(root, "migrations_task", {
    ...containerOf(parts),
    name: migrationsName(environment),
    cpu: 256,
    memoryMiB: 512,
    command: ["migrate"],
    environment: { ...databaseEnvironment(parts), DATABASE_USER: OWNER },
    permissions: { LogInToDatabase: logIn(parts, OWNER) },
  });
  root.output("cluster", parts.cluster.name, "Cluster of the migration task.");
  root.output("migrations", task.family, "Task definition that the pipeline runs for migrations after an approval.");
  root.output("migrations_subnets", network.privateSubnetIds, "Subnets for the migration task.");
  root.output("migrations_security_group", network.serviceSecurityGroupId, "Security group for the migration task.");
}
