import { DbEventSubscription } from "@cdktf/provider-aws/lib/db-event-subscription";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterParameterGroup } from "@cdktf/provider-aws/lib/rds-cluster-parameter-group";
import { z } from "zod";
import {
  arnOf,
  condition,
  defineModule,
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
import { CAPACITY, CAPACITY_RULES } from "./capacity";
import { clusterInstances, INSTANCE_RULE, INSTANCES } from "./instances";
import { READER_RULE, READER_SCALING, scaleReaders } from "./reader-scaling";

/**
 * `instance` has the reasons why an instance did not pause.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_LogAccess.Concepts.PostgreSQL.html
 */
const LOG_TYPES = ["postgresql", "instance", "iam-db-auth-error"] as const;

export const AuroraPostgresql = defineModule({
  name: "aurora-postgresql",
  description:
    "An Aurora PostgreSQL cluster without public addresses: storage in three zones, encrypted with a customer managed key, TLS enforced, IAM authentication, master password managed by RDS in Secrets Manager, backups, final snapshot, deletion protection, logs and Performance Insights on.",
  inputs: {
    name: resourceName(40).describe("Identifier of the cluster, and prefix of the identifiers of its instances."),
    subnetIds: set(z.string()).min(3).describe("Data subnets, in three zones: Aurora stores the data in three."),
    ...POSTGRES_INPUTS,
    alertTopicArn: arnOf("sns").describe(
      "Topic that receives failovers, failures and maintenance. Its policy has to allow `events.rds.amazonaws.com`.",
    ),
    engineVersion: text(
      /^(?:1[3-9]|[2-9]\d)\.\d+$/,
      "a full version of Aurora PostgreSQL from 13 on, such as 16.8",
      "16",
    ).describe(
      "Version in use. After Aurora has installed a minor upgrade, the plan shows the way back, which Aurora refuses: raise this version.",
    ),
    instances: INSTANCES,
    capacity: CAPACITY,
    readerScaling: READER_SCALING,
    storage: sizing(z.enum(["standard", "io-optimized"]))
      .default("standard")
      .describe(
        "Price of the storage: with `io-optimized` I/O is free and the rest dearer, which pays from about a quarter of the bill on. Aurora permits one change to it in 30 days.",
      ),
    databaseInsightsMode: sizing(z.enum(["standard", "advanced"]))
      .default("standard")
      .describe(
        "CloudWatch Database Insights. `standard` keeps performance data for 7 days, which is free; `advanced` for 465 days, and is charged for each vCPU or ACU.",
      ),
    monitoringSeconds: sizing(z.literal([1, 5, 10, 15, 30, 60]))
      .default(60)
      .describe("Interval of the metrics of the operating system."),
    monitoringRoleArn: arnOf("iam").describe(
      "Role that sends metrics of the operating system, from `rds-monitoring-role`.",
    ),
  },
  rules: [WINDOW_RULE, INSTANCE_RULE, ...CAPACITY_RULES, READER_RULE],
  outputs: {
    arn: z.string().describe("ARN of the cluster."),
    identifier: z.string().describe("Identifier of the cluster, which is the dimension of its metrics."),
    instanceIdentifiers: z.record(z.string(), z.string()).describe("Identifiers of the instances, by letter."),
    endpoint: z.string().describe("Host name of the writer."),
    readerEndpoint: z.string().describe("Host name of the readers; of the writer if there are none."),
    port: z.number().describe("Port."),
    databaseName: z.string().describe("Database that was created first."),
    resourceId: z.string().describe("Id for IAM policies with `rds-db:connect`."),
    masterUserSecretArn: z.string().describe("Secret with the master user's name and password."),
  },
  example: {
    name: "shop",
    subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1", "subnet-0123456789abcdef2"],
    securityGroupIds: ["sg-0123456789abcdef0"],
    kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    logKmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/5678abcd-12ab-34cd-56ef-1234567890ab",
    alertTopicArn: "arn:aws:sns:eu-central-1:111122223333:shop-alerts",
    engineVersion: "16.8",
    databaseName: "shop",
    instances: { a: { promotionTier: 0 }, b: { promotionTier: 1 } },
    capacity: { minAcus: 0, maxAcus: 4, secondsUntilPause: 600 },
    readerScaling: { maxReaders: 3, cpuPercent: 60 },
    backupRetentionDays: 14,
    logRetentionDays: 30,
    monitoringRoleArn: "arn:aws:iam::111122223333:role/shop-rds-monitoring",
  },
  build(scope, input) {
    const logGroups = exportedLogs(scope, input, `/aws/rds/cluster/${input.name}`, LOG_TYPES);
    const subnetGroup = resource(scope, DbSubnetGroup, "this", { name: input.name, subnetIds: input.subnetIds });
    const parameterGroup = resource(
      scope,
      RdsClusterParameterGroup,
      "this",
      postgresParameters(input.name, "aurora-postgresql", input.engineVersion),
    );
    const isAdvanced = condition`${input.databaseInsightsMode} == "advanced"`;
    const cluster = resource(scope, RdsCluster, "this", {
      clusterIdentifier: input.name,
      engine: "aurora-postgresql",
      engineVersion: input.engineVersion,
      engineLifecycleSupport: "open-source-rds-extended-support-disabled",
      serverlessv2ScalingConfiguration: soleBlockIf(
        isSet(input.capacity),
        ({ minAcus, maxAcus, secondsUntilPause }) => ({
          minCapacity: minAcus,
          maxCapacity: maxAcus,
          secondsUntilAutoPause: secondsUntilPause,
        }),
      ),
      storageType: hcl<string | null>`${input.storage} == "io-optimized" ? "aurora-iopt1" : null`,
      databaseName: input.databaseName,
      port: 5432,
      masterUsername: input.masterUsername,
      manageMasterUserPassword: true,
      masterUserSecretKmsKeyId: input.kmsKeyArn,
      iamDatabaseAuthenticationEnabled: true,
      dbSubnetGroupName: subnetGroup.name,
      vpcSecurityGroupIds: input.securityGroupIds,
      dbClusterParameterGroupName: parameterGroup.name,
      storageEncrypted: true,
      kmsKeyId: input.kmsKeyArn,
      backupRetentionPeriod: input.backupRetentionDays,
      preferredBackupWindow: input.backupWindow,
      copyTagsToSnapshot: true,
      deleteAutomatedBackups: false,
      skipFinalSnapshot: false,
      finalSnapshotIdentifier: finalSnapshotName(scope, input.name, {
        kms_key_id: input.kmsKeyArn,
        database_name: input.databaseName,
        master_username: input.masterUsername,
      }),
      deletionProtection: true,
      preferredMaintenanceWindow: input.maintenanceWindow,
      applyImmediately: false,
      allowMajorVersionUpgrade: input.allowMajorVersionUpgrade,
      enabledCloudwatchLogsExports: [...LOG_TYPES],
      databaseInsightsMode: input.databaseInsightsMode,
      performanceInsightsEnabled: isAdvanced(true, null),
      performanceInsightsKmsKeyId: isAdvanced(input.kmsKeyArn, null),
      performanceInsightsRetentionPeriod: isAdvanced(465, null),
      lifecycle: { preventDestroy: true },
      dependsOn: logGroups,
    });
    const instances = clusterInstances(scope, cluster, input);
    scaleReaders(scope, cluster.clusterIdentifier, input);
    /** @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_Events.Messages.html */
    resource(scope, DbEventSubscription, "this", {
      name: `${input.name}-events`,
      snsTopic: input.alertTopicArn,
      sourceType: "db-cluster",
      sourceIds: [cluster.clusterIdentifier],
      eventCategories: ["deletion", "failover", "failure", "maintenance"],
    });
    return {
      arn: cluster.arn,
      identifier: cluster.clusterIdentifier,
      instanceIdentifiers: instances.all("identifier"),
      endpoint: cluster.endpoint,
      readerEndpoint: cluster.readerEndpoint,
      port: cluster.port,
      databaseName: cluster.databaseName,
      resourceId: cluster.clusterResourceId,
      masterUserSecretArn: hcl<string>`one(${cluster}.master_user_secret).secret_arn`,
    };
  },
});
