import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DbEventSubscription } from "@cdktf/provider-aws/lib/db-event-subscription";
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import type { Construct } from "constructs";
import { z } from "zod";
import {
  ACCOUNT_ID,
  arnOf,
  defineModule,
  type Expression,
  hcl,
  isSet,
  LOG_RETENTION_DAYS,
  resource,
  resourceName,
  set,
  sizing,
  soleBlockIf,
  text,
} from "../../lib";
import { finalSnapshotName } from "./life";
import { monitoringRole } from "./monitoring";
import { PARAMETERS } from "./parameters";
import { RESTORE, restoredOnce, restoreRules } from "./restore";

/** Logs that RDS exports to CloudWatch Logs. */
const LOG_TYPES = ["postgresql", "upgrade"] as const;

export const Rds = defineModule({
  name: "rds",
  description:
    "A PostgreSQL instance without a public address: encrypted with a customer managed key, TLS enforced, master password managed by RDS in Secrets Manager, backups, final snapshot, deletion protection, logs and Performance Insights on.",
  inputs: {
    name: resourceName(40).describe("Identifier of the instance."),
    accountId: ACCOUNT_ID.describe("Account of the instance."),
    subnetIds: set(z.string()).describe("Data subnets, in two zones or more."),
    securityGroupIds: set(z.string()).describe("Security groups. They alone decide who can connect to the database."),
    kmsKeyArn: arnOf("kms").describe(
      "Key for storage, backups, Performance Insights and the master password. It cannot be changed later, and without it the final snapshots are lost.",
    ),
    logKmsKeyArn: arnOf("kms").describe(
      "Key that encrypts the exported logs. RDS can write a last line after a destruction and then creates the group again: delete that group before the next creation.",
    ),
    alertTopicArn: arnOf("sns").describe(
      "Topic that receives failovers, failures, low storage and maintenance. Its policy has to allow `events.rds.amazonaws.com`.",
    ),
    engineVersion: text(
      /^(?:1[3-9]|[2-9]\d)(?:\.\d+)?$/,
      "a PostgreSQL version from 13 on, such as 15 or 15.12",
      "12.22",
    )
      .default("15")
      .describe("PostgreSQL version. With only the major version, Terraform ignores minor upgrades by RDS."),
    allowMajorVersionUpgrade: z
      .boolean()
      .default(false)
      .describe(
        "Whether a new major version may be applied. It causes an outage, needs a new parameter group, and only a restore undoes it.",
      ),
    databaseName: text(
      /^[a-z][a-z0-9_]{0,62}$/,
      "up to 63 lower-case letters, digits and underscores, a letter first",
      "no-hyphens",
    ).describe("Database that is created with the instance."),
    masterUsername: text(
      /^[a-z][a-z0-9_]{0,62}$/,
      "up to 63 lower-case letters, digits and underscores, a letter first",
      "no-hyphens",
    )
      .default("dbadmin")
      .describe("Master user, for migrations. Terraform never has its password."),
    instanceClass: sizing(
      text(/^db\.[a-z0-9]+\.[a-z0-9]+$/, "an instance class such as db.t4g.small", "t4g.small"),
    ).describe("Instance class."),
    multiAz: sizing(z.boolean()).describe(
      "Whether the instance has a standby in a second zone, which usually takes over within a minute. It doubles the price.",
    ),
    allocatedStorageGiB: sizing(z.int().min(20).max(65536)).describe("Initial storage, gp3."),
    maxAllocatedStorageGiB: sizing(z.int().min(22).max(65536)).describe("Maximum storage of RDS storage autoscaling."),
    backupRetentionDays: sizing(z.int().min(7).max(35)).describe(
      "Retention of automated backups, for point-in-time recovery.",
    ),
    backupWindow: text(/^\d\d:\d\d-\d\d:\d\d$/, "a time span in UTC such as 07:00-07:30", "at night")
      .default("07:00-07:30")
      .describe("Time of the daily backup in UTC, off-peak. It must not overlap the maintenance window."),
    maintenanceWindow: text(
      /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun):\d\d:\d\d-(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun):\d\d:\d\d$/,
      "a weekly time span in UTC such as Sun:08:00-Sun:09:00",
      "on Sunday",
    )
      .default("Sun:08:00-Sun:09:00")
      .describe("Maintenance window in UTC. Changes of a plan are applied in it."),
    iamAuthentication: z
      .boolean()
      .default(false)
      .describe("Whether IAM principals may log in with a token instead of a password."),
    performanceInsightsRetentionDays: sizing(z.literal([7, 31, 62, 93, 186, 372, 465, 731]))
      .default(7)
      .describe("Retention of Performance Insights; 7 days are free."),
    databaseInsightsMode: z
      .enum(["standard", "advanced"])
      .default("standard")
      .describe("CloudWatch Database Insights; `advanced` is charged per vCPU."),
    logRetentionDays: sizing(LOG_RETENTION_DAYS).describe("Retention of the exported logs."),
    permissionsBoundaryArn: arnOf("iam")
      .nullable()
      .default(null)
      .describe("Permissions boundary of the role, if the apply role may create roles only with a boundary."),
    monitoringRole: z
      .object({ arn: z.string() })
      .nullable()
      .default(null)
      .describe("Role that sends metrics of the operating system, from `rds-monitoring-role`; null creates one."),
    restore: RESTORE,
  },
  rules: [
    ...restoreRules,
    {
      inputs: ["maxAllocatedStorageGiB", "allocatedStorageGiB"],
      allowed: "a limit at least 10 % above the initial storage",
      holds: ({ allocatedStorageGiB, maxAllocatedStorageGiB }) => maxAllocatedStorageGiB >= allocatedStorageGiB * 1.1,
      condition: "var.max_allocated_storage_gib >= var.allocated_storage_gib * 1.1",
      counterexample: { allocatedStorageGiB: 100, maxAllocatedStorageGiB: 100 },
    },
    {
      inputs: ["performanceInsightsRetentionDays", "databaseInsightsMode"],
      allowed: "465 days or more with Database Insights in advanced mode",
      holds: ({ databaseInsightsMode, performanceInsightsRetentionDays }) =>
        databaseInsightsMode === "standard" || performanceInsightsRetentionDays >= 465,
      condition: 'var.database_insights_mode == "standard" || var.performance_insights_retention_days >= 465',
      counterexample: { databaseInsightsMode: "advanced", performanceInsightsRetentionDays: 7 },
    },
  ],
  outputs: {
    arn: z.string().describe("ARN of the instance."),
    identifier: z.string().describe("Identifier, which is the dimension of its metrics."),
    address: z.string().describe("Host name."),
    port: z.number().describe("Port."),
    resourceId: z.string().describe("Id for IAM policies with `rds-db:connect`."),
    masterUserSecretArn: z.string().describe("Secret with the master user's name and password."),
  },
  example: {
    name: "shop",
    accountId: "111122223333",
    subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    securityGroupIds: ["sg-0123456789abcdef0"],
    kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    logKmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/5678abcd-12ab-34cd-56ef-1234567890ab",
    alertTopicArn: "arn:aws:sns:eu-central-1:111122223333:shop-alerts",
    databaseName: "shop",
    instanceClass: "db.t4g.small",
    multiAz: true,
    allocatedStorageGiB: 20,
    maxAllocatedStorageGiB: 100,
    backupRetentionDays: 14,
    logRetentionDays: 30,
  },
  build(scope, input) {
    const logGroups = exportLogs(scope, input);
    const subnetGroup = resource(scope, DbSubnetGroup, "this", { name: input.name, subnetIds: input.subnetIds });
    const parameterGroup = resource(scope, DbParameterGroup, "this", {
      namePrefix: `${input.name}-`,
      family: hcl<string>`format("postgres%s", split(".", ${input.engineVersion})[0])`,
      description: "TLS forced, connections, locks, slow statements and schema changes logged",
      parameter: PARAMETERS.map((parameter) => ({ ...parameter })),
      lifecycle: { createBeforeDestroy: true },
    });
    const monitoring = monitoringRole(scope, input);
    // A restored instance has the values of its source, and RDS refuses others.
    const databaseName = isSet(input.restore)(null, input.databaseName);
    const masterUsername = isSet(input.restore)(null, input.masterUsername);
    const instance = resource(scope, DbInstance, "this", {
      identifier: input.name,
      engine: "postgres",
      engineVersion: input.engineVersion,
      engineLifecycleSupport: "open-source-rds-extended-support-disabled",
      instanceClass: input.instanceClass,
      multiAz: input.multiAz,
      dbName: databaseName,
      port: 5432,
      username: masterUsername,
      manageMasterUserPassword: true,
      masterUserSecretKmsKeyId: input.kmsKeyArn,
      iamDatabaseAuthenticationEnabled: input.iamAuthentication,
      publiclyAccessible: false,
      dbSubnetGroupName: subnetGroup.name,
      vpcSecurityGroupIds: input.securityGroupIds,
      caCertIdentifier: "rds-ca-rsa2048-g1",
      storageType: "gp3",
      storageEncrypted: true,
      kmsKeyId: input.kmsKeyArn,
      allocatedStorage: input.allocatedStorageGiB,
      maxAllocatedStorage: input.maxAllocatedStorageGiB,
      parameterGroupName: parameterGroup.name,
      backupRetentionPeriod: input.backupRetentionDays,
      backupWindow: input.backupWindow,
      copyTagsToSnapshot: true,
      deleteAutomatedBackups: false,
      skipFinalSnapshot: false,
      finalSnapshotIdentifier: finalSnapshotName(scope, input.name, {
        kms_key_id: input.kmsKeyArn,
        db_name: databaseName,
        username: masterUsername,
      }),
      deletionProtection: true,
      maintenanceWindow: input.maintenanceWindow,
      applyImmediately: false,
      autoMinorVersionUpgrade: true,
      allowMajorVersionUpgrade: input.allowMajorVersionUpgrade,
      enabledCloudwatchLogsExports: [...LOG_TYPES],
      performanceInsightsEnabled: true,
      performanceInsightsKmsKeyId: input.kmsKeyArn,
      performanceInsightsRetentionPeriod: input.performanceInsightsRetentionDays,
      databaseInsightsMode: input.databaseInsightsMode,
      monitoringInterval: 60,
      monitoringRoleArn: monitoring.arn,
      restoreToPointInTime: soleBlockIf(
        isSet(input.restore),
        ({ sourceDbInstanceAutomatedBackupsArn, restoreTime }) => ({
          sourceDbInstanceAutomatedBackupsArn,
          restoreTime,
          useLatestRestorableTime: hcl<boolean>`${restoreTime} == null ? true : null`,
        }),
      ),
      lifecycle: { preventDestroy: true, ...restoredOnce(input.restore) },
      dependsOn: [...logGroups, monitoring.policy],
    });
    reportEvents(scope, input, instance.identifier);
    return {
      arn: instance.arn,
      identifier: instance.identifier,
      address: instance.address,
      port: instance.port,
      resourceId: instance.resourceId,
      masterUserSecretArn: hcl<string>`one(${instance}.master_user_secret).secret_arn`,
    };
  },
});

interface Names {
  readonly name: Expression<string>;
  readonly accountId: Expression<string>;
}

/** If these groups are missing, RDS creates them without a key and without a retention. */
function exportLogs(
  scope: Construct,
  input: Names & { readonly logKmsKeyArn: Expression<string>; readonly logRetentionDays: Expression<number> },
) {
  return LOG_TYPES.map((type) =>
    resource(scope, CloudwatchLogGroup, type, {
      name: `/aws/rds/instance/${input.name}/${type}`,
      kmsKeyId: input.logKmsKeyArn,
      retentionInDays: input.logRetentionDays,
    }),
  );
}

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.Messages.html */
function reportEvents(
  scope: Construct,
  input: Names & { readonly alertTopicArn: Expression<string> },
  instanceId: Expression<string>,
) {
  resource(scope, DbEventSubscription, "this", {
    name: `${input.name}-events`,
    snsTopic: input.alertTopicArn,
    sourceType: "db-instance",
    sourceIds: [instanceId],
    eventCategories: ["availability", "deletion", "failover", "failure", "low storage", "maintenance", "recovery"],
  });
}
