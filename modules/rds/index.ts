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
  exportedLogs,
  finalSnapshotName,
  hcl,
  isSet,
  POSTGRES_INPUTS,
  postgresParameters,
  resource,
  resourceName,
  set,
  sizing,
  soleBlockIf,
  text,
  WINDOW_RULE,
} from "../../lib";
import { monitoringRole } from "./monitoring";
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
    ...POSTGRES_INPUTS,
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
    instanceClass: sizing(
      text(/^db\.[a-z0-9]+\.[a-z0-9]+$/, "an instance class such as db.t4g.small", "t4g.small"),
    ).describe("Instance class."),
    multiAz: sizing(z.boolean()).describe(
      "Whether the instance has a standby in a second zone, which usually takes over within a minute. It doubles the price.",
    ),
    allocatedStorageGiB: sizing(z.int().min(20).max(65536)).describe("Initial storage."),
    maxAllocatedStorageGiB: sizing(z.int().min(22).max(65536)).describe("Maximum storage of RDS storage autoscaling."),
    /** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html */
    provisionedIops: sizing(z.int().min(1000).max(256_000).nullable())
      .default(null)
      .describe(
        "IOPS of a volume of type io2, whose throughput follows: 0.256 MiB/s for each. Null for gp3, with the performance that its size includes.",
      ),
    monitoringSeconds: z
      .literal([0, 1, 5, 10, 15, 30, 60])
      .default(60)
      .describe("Interval of the metrics of the operating system; 0 for none, with the metrics of RDS only."),
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
    WINDOW_RULE,
    {
      inputs: ["maxAllocatedStorageGiB", "allocatedStorageGiB"],
      allowed: "a limit at least 10 % above the initial storage",
      holds: ({ allocatedStorageGiB, maxAllocatedStorageGiB }) => maxAllocatedStorageGiB >= allocatedStorageGiB * 1.1,
      condition: "var.max_allocated_storage_gib >= var.allocated_storage_gib * 1.1",
      counterexample: { allocatedStorageGiB: 100, maxAllocatedStorageGiB: 100 },
    },
    {
      inputs: ["provisionedIops", "allocatedStorageGiB", "maxAllocatedStorageGiB"],
      allowed:
        "with provisioned IOPS 100 GiB or more, at most 1,000 IOPS for each GiB, and at least one for two GiB of the maximum",
      holds: ({ provisionedIops: iops, allocatedStorageGiB, maxAllocatedStorageGiB }) =>
        iops === null ||
        (allocatedStorageGiB >= 100 && iops <= allocatedStorageGiB * 1000 && iops * 2 >= maxAllocatedStorageGiB),
      condition:
        "var.provisioned_iops == null ? true : var.allocated_storage_gib >= 100 && var.provisioned_iops <= var.allocated_storage_gib * 1000 && var.provisioned_iops * 2 >= var.max_allocated_storage_gib",
      counterexample: { provisionedIops: 1000, allocatedStorageGiB: 100, maxAllocatedStorageGiB: 2001 },
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
    const logGroups = exportedLogs(scope, input, `/aws/rds/instance/${input.name}`, LOG_TYPES);
    const subnetGroup = resource(scope, DbSubnetGroup, "this", { name: input.name, subnetIds: input.subnetIds });
    const parameterGroup = resource(
      scope,
      DbParameterGroup,
      "this",
      postgresParameters(input.name, "postgres", input.engineVersion),
    );
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
      storageType: isSet(input.provisionedIops)("io2", "gp3"),
      iops: input.provisionedIops,
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
      monitoringInterval: input.monitoringSeconds,
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

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.Messages.html */
function reportEvents(
  scope: Construct,
  input: { readonly name: Expression<string>; readonly alertTopicArn: Expression<string> },
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
