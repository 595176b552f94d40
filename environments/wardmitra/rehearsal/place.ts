/** What stays in the environment's AWS root when a migration is destroyed: its place in the network, its records, its secrets. */
import type { Expression } from "../../../lib";
import { DmsTaskLog } from "../../../modules/dms-task-log";
import { S3 } from "../../../modules/s3";
import { SecretsManager } from "../../../modules/secrets-manager";
import type { Connection } from "../../../modules/security-groups/connections";
import type { ComposedEnvironment, Context } from "../context";
import { migrationNames } from "./names";

const GROUP = "migration";

/** ARNs of the buckets that a replication instance reaches through the gateway endpoint. */
export function migrationBuckets(environment: ComposedEnvironment): string[] {
  return environment.migration === undefined ? [] : [`arn:aws:s3:::${migrationNames(environment).bucket}`];
}

/** The security group of the replication instance, with its connections. */
export function migrationNetwork({ migration }: ComposedEnvironment, s3PrefixListId: Expression<string>) {
  if (migration === undefined) return { groups: {}, peers: {}, connections: [] };
  const { cidr, port } = migration.source;
  const connections: readonly Connection[] = [
    { from: GROUP, to: "legacy", port, description: "Legacy database that is migrated" },
    { from: GROUP, to: "database", port: 5432, description: "PostgreSQL that receives the data" },
    { from: GROUP, to: "endpoints", port: 443, description: "AWS services for the migration" },
    { from: GROUP, to: "s3", port: 443, description: "Results of assessments" },
  ];
  return {
    groups: { [GROUP]: "Replication instance of a migration" },
    peers: { legacy: { cidr }, s3: { prefixListId: s3PrefixListId } },
    connections,
  };
}

/** Results and logs are evidence of each run. The secrets keep their names between two runs. */
export function migrationRecords(
  { root, environment, name, ...keys }: Context,
  accessLogBucket: Expression<string>,
): void {
  if (environment.migration === undefined) return;
  const { bucket, instance } = migrationNames(environment);
  new S3(root, "migration_assessments", { name: bucket, kmsKeyArn: keys.dataKeyArn, accessLogBucket });
  new DmsTaskLog(root, "migration_log", {
    replicationInstanceId: instance,
    kmsKeyArn: keys.logsKeyArn,
    retentionDays: environment.sizing.logRetentionDays,
  });
  new SecretsManager(root, "migration_secrets", {
    name,
    accountId: environment.account.id,
    kmsKeyArn: keys.dataKeyArn,
    secrets: {
      "migration-source": "Login to the legacy database: username, password, host, port; put in by the operator",
      "migration-target": "Login to the new database: username, password, host, port; put in by the operator",
    },
  });
}
