/** The role with which an application's repository migrates and restores its database. */
import { trustedSubjects } from "../../lib";
import { GithubActionsRole } from "../../modules/github-actions-role";
import type { Application, ComponentEnvironment } from "../common/application";
import { ROLES } from "../common/delivery";
import { type Place, placeOf, register } from "./place";
import type { Pipeline } from "./terraform-roles";

/** Time for a snapshot of a large database and the migration after it. */
const MIGRATE_HOURS = 4;

/** Runs the migration task after a snapshot of the database, which is a cluster. */
export function componentsMigrateRole(
  { root, providerArn, boundaryArn }: Pipeline,
  { environment, repository, region, cluster, migrations, database }: ComponentEnvironment,
): void {
  const { accountId } = root.props;
  const arn: Place["arn"] = (service, resource) => `arn:aws:${service}:${region}:${accountId}:${resource}`;
  const place = { accountId, application: { cluster }, arn };
  new GithubActionsRole(root, `migrate_${environment.replaceAll("-", "_")}_role`, {
    name: ROLES.migrate(environment),
    description: `Migrates the database of ${environment}`,
    providerArn,
    ...trustedSubjects(repository),
    jobs: `environment:${environment}-database`,
    permissionsBoundary: { arn: boundaryArn },
    statements: {
      ...register(place, [migrations]),
      ...runMigrations(place, migrations),
      SeeDatabases: {
        actions: ["rds:DescribeDBClusterSnapshots", "rds:DescribeDBClusters", "rds:DescribeDBInstances"],
        resources: ["cluster:*", "cluster-snapshot:*", "db:*"].map((resource) => arn("rds", resource)),
      },
      MakeSnapshots: {
        actions: ["rds:AddTagsToResource", "rds:CreateDBClusterSnapshot"],
        resources: [arn("rds", `cluster:${database}`), arn("rds", `cluster-snapshot:${database}-*`)],
      },
    },
    maxSessionHours: MIGRATE_HOURS,
  });
}

/** Runs the migration task, if the application has one, and restores the database to a second instance. */
export function migrateRole({ root, providerArn, boundaryArn }: Pipeline, application: Application): void {
  const { environment, repository, migrations } = application;
  const place = placeOf(root.props.accountId, application);
  new GithubActionsRole(root, `migrate_${environment.replaceAll("-", "_")}_role`, {
    name: ROLES.migrate(environment),
    description: `Migrates and restores the database of ${environment}`,
    providerArn,
    ...trustedSubjects(repository),
    jobs: `environment:${environment}-database`,
    permissionsBoundary: { arn: boundaryArn },
    statements: {
      ...(migrations !== null && { ...register(place, [migrations]), ...runMigrations(place, migrations) }),
      ...snapshot(place),
      ...restore(place),
    },
    maxSessionHours: MIGRATE_HOURS,
  });
}

function runMigrations(
  { application: { cluster }, arn }: Pick<Place, "arn"> & { readonly application: { readonly cluster: string } },
  family: string,
) {
  return {
    RunMigrations: {
      actions: ["ecs:RunTask"],
      resources: [arn("ecs", `task-definition/${family}:*`)],
      conditions: { ArnEquals: { "ecs:cluster": [arn("ecs", `cluster/${cluster}`)] } },
    },
    TagMigrations: {
      actions: ["ecs:TagResource"],
      resources: [arn("ecs", `task/${cluster}/*`)],
      conditions: { StringEquals: { "ecs:CreateAction": ["RunTask"] } },
    },
    WatchMigrations: { actions: ["ecs:DescribeTasks"], resources: [arn("ecs", `task/${cluster}/*`)] },
    ReadLogOfMigrations: {
      actions: ["logs:GetLogEvents"],
      resources: [arn("logs", `log-group:/ecs/${family}:*`)],
    },
  };
}

function snapshot({ application: { database }, arn }: Place) {
  return {
    SeeDatabases: {
      actions: ["rds:DescribeDBInstanceAutomatedBackups", "rds:DescribeDBInstances", "rds:DescribeDBSnapshots"],
      resources: ["auto-backup:*", "db:*", "snapshot:*"].map((resource) => arn("rds", resource)),
    },
    MakeSnapshots: {
      actions: ["rds:AddTagsToResource", "rds:CreateDBSnapshot"],
      resources: [arn("rds", `db:${database}`), arn("rds", `snapshot:${database}-*`)],
    },
  };
}

/**
 * Restores to a second instance with the subnets and parameters of the database. RDS creates its password, for which it uses
 * Secrets Manager and the key with the permissions of the caller.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html#rds-secrets-manager-permissions
 */
function restore({ accountId, application: { region, database }, arn }: Place) {
  return {
    RestoreBesideDatabase: {
      actions: ["rds:AddTagsToResource", "rds:RestoreDBInstanceToPointInTime"],
      resources: [
        ...["db", "pg", "subgrp"].flatMap((kind) => [
          arn("rds", `${kind}:${database}`),
          arn("rds", `${kind}:${database}-*`),
        ]),
        arn("rds", "og:default:*"),
      ],
    },
    GiveRestoredPassword: { actions: ["rds:ModifyDBInstance"], resources: [arn("rds", `db:${database}-*`)] },
    MakePasswords: {
      actions: ["secretsmanager:CreateSecret", "secretsmanager:TagResource"],
      resources: [arn("secretsmanager", "secret:rds!*")],
    },
    UseDatabaseKeys: {
      actions: ["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"],
      resources: [arn("kms", "key/*")],
      conditions: {
        StringEquals: { "kms:ViaService": [`rds.${region}.amazonaws.com`, `secretsmanager.${region}.amazonaws.com`] },
      },
    },
    PassMonitoringRole: {
      actions: ["iam:PassRole"],
      resources: [`arn:aws:iam::${accountId}:role/${database}-rds-monitoring`],
      conditions: { StringEquals: { "iam:PassedToService": ["monitoring.rds.amazonaws.com"] } },
    },
  };
}
