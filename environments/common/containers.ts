/** Inputs that the task definitions of all systems share. */
import type { Value } from "../../lib";
import type { Ecr } from "../../modules/ecr";
import { EcsTaskDefinition } from "../../modules/ecs-task-definition";
import type { Rds } from "../../modules/rds";
import { workloadsBoundaryArn } from "./delivery";
import type { Context, PublicEnvironment } from "./environment";

/** Health check of a worker. It fails if the last heartbeat is more than two minutes old, or if there is none. */
export const HEARTBEAT = [
  "CMD",
  "python",
  "-c",
  "import os, sys, time; sys.exit(time.time() - os.path.getmtime('/tmp/heartbeat') > 120)",
] as const;

/** Health check of a server in Python. It fails if the server does not answer with 2xx in four seconds. */
export function answersOn(port: number, path: string): string[] {
  return ["CMD", "python", "-c", `import urllib.request as u; u.urlopen('http://localhost:${port}${path}', timeout=4)`];
}

/** @param image key of the repository whose image the first revision runs, with the tag `initial` */
export function taskBasics(
  { environment, dataKeyArn, logsKeyArn }: Context<PublicEnvironment>,
  images: InstanceType<typeof Ecr>,
  image: string,
) {
  const { account, region, sizing } = environment;
  return {
    accountId: account.id,
    region,
    image: `${images.urls.at(image)}:initial`,
    repositoryArn: images.arns.at(image),
    secretsKmsKeyArns: [dataKeyArn],
    permissionsBoundaryArn: workloadsBoundaryArn(account),
    logKmsKeyArn: logsKeyArn,
    logRetentionDays: sizing.logRetentionDays,
  };
}

export function databaseEnvironment(database: InstanceType<typeof Rds>, databaseName: string) {
  return {
    DATABASE_HOST: database.address,
    DATABASE_PORT: `${database.port}`,
    DATABASE_NAME: databaseName,
    DATABASE_SSLMODE: "verify-full",
  };
}

/** @param secretArn secret whose JSON has username and password */
export function login(variable: string, secretArn: Value<string>) {
  return { [`${variable}_USERNAME`]: `${secretArn}:username::`, [`${variable}_PASSWORD`]: `${secretArn}:password::` };
}

interface Migrated {
  readonly database: InstanceType<typeof Rds>;
  readonly databaseName: string;
  /** Secret with the login that the services use. */
  readonly applicationSecretArn: Value<string>;
  /** The image has it. Default: Alembic. */
  readonly tool?: { readonly name: string; readonly command: readonly string[] };
}

const ALEMBIC = { name: "Alembic", command: ["alembic", "upgrade", "head"] } as const;

/**
 * The tool runs as the master user, whose password RDS manages; the services never read it. The first migration creates the
 * application's user with the name and the password that the services log in with.
 */
export function migrationTask(
  context: Context<PublicEnvironment>,
  basics: ReturnType<typeof taskBasics>,
  { database, databaseName, applicationSecretArn, tool = ALEMBIC }: Migrated,
): void {
  const task = new EcsTaskDefinition(context.root, "migrations_task", {
    ...basics,
    name: `${context.name}-migrations`,
    cpu: 256,
    memoryMiB: 512,
    command: tool.command,
    environment: databaseEnvironment(database, databaseName),
    secrets: {
      ...login("DATABASE", database.masterUserSecretArn),
      ...login("APPLICATION_DATABASE", applicationSecretArn),
    },
  });
  context.root.output(
    "migrations",
    task.family,
    `Task definition that the pipeline runs for ${tool.name} migrations after a person's approval.`,
  );
}
