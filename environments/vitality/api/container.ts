/** Inputs that the containers of the API and of its migrations share: one image, one database, logins with IAM. */
import type { Root, Value } from "../../../lib";
import type { DatabaseLookup } from "../../../modules/database-lookup";
import type { EcsCluster } from "../../../modules/ecs-cluster";
import type { NetworkLookup } from "../../../modules/network-lookup";
import type { RegistryLookup } from "../../../modules/registry-lookup";
import { workloadsBoundaryArn } from "../../common/delivery";
import type { ComposedEnvironment } from "../context";

export interface Parts {
  readonly root: Root;
  readonly environment: ComposedEnvironment;
  readonly network: InstanceType<typeof NetworkLookup>;
  readonly database: InstanceType<typeof DatabaseLookup>;
  readonly registry: InstanceType<typeof RegistryLookup>;
  /** Runs migrations, and the service itself on Fargate. */
  readonly cluster: InstanceType<typeof EcsCluster>;
}

/** The image has the tag `initial` until the pipeline deploys. */
export function containerOf({ environment, network, registry }: Parts) {
  const { account, region, sizing } = environment;
  return {
    accountId: account.id,
    region,
    image: `${registry.repositoryUrls.at("api")}:initial`,
    repositoryArn: registry.repositoryArns.at("api"),
    permissionsBoundaryArn: workloadsBoundaryArn(account),
    logKmsKeyArn: network.logsKeyArn,
    logRetentionDays: sizing.logRetentionDays,
  } as const;
}

/** No password: the code asks RDS for a token with its role. */
export function databaseEnvironment({ database }: Parts) {
  return {
    DATABASE_HOST: database.endpoint,
    DATABASE_PORT: `${database.port}`,
    DATABASE_NAME: database.name,
    DATABASE_SSLMODE: "verify-full",
  };
}

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.IAMPolicy.html */
export function logIn({ environment, database }: Parts, user: Value<string>) {
  const { account, region } = environment;
  return {
    actions: ["rds-db:connect"],
    resources: [`arn:aws:rds-db:${region}:${account.id}:dbuser:${database.resourceId}/${user}`],
  };
}
