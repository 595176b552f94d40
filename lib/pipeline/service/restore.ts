/** Requests to RDS that restore a database as a new instance, as of a point in time. */
import type {
  DBInstance,
  ModifyDBInstanceCommandInput,
  RestoreDBInstanceToPointInTimeCommandInput,
} from "@aws-sdk/client-rds";

/**
 * The new instance has the settings of the source, but it is never public and always protected from deletion. Without these
 * settings RDS would use the VPC's default security group, the engine's default parameters and no standby. The storage keeps
 * the key of the source, which cannot be chosen.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBInstanceToPointInTime.html
 */
export function restoreInput(source: DBInstance, to: string, at: Date): RestoreDBInstanceToPointInTimeCommandInput {
  return {
    SourceDBInstanceIdentifier: source.DBInstanceIdentifier,
    TargetDBInstanceIdentifier: to,
    RestoreTime: at,
    DBInstanceClass: source.DBInstanceClass,
    DBSubnetGroupName: source.DBSubnetGroup?.DBSubnetGroupName,
    VpcSecurityGroupIds: source.VpcSecurityGroups?.flatMap(({ VpcSecurityGroupId: id }) =>
      id === undefined ? [] : [id],
    ),
    DBParameterGroupName: source.DBParameterGroups?.[0]?.DBParameterGroupName,
    OptionGroupName: source.OptionGroupMemberships?.[0]?.OptionGroupName,
    MultiAZ: source.MultiAZ,
    PubliclyAccessible: false,
    DeletionProtection: true,
    CopyTagsToSnapshot: source.CopyTagsToSnapshot,
    AutoMinorVersionUpgrade: source.AutoMinorVersionUpgrade,
    EnableIAMDatabaseAuthentication: source.IAMDatabaseAuthenticationEnabled,
    EnableCloudwatchLogsExports: source.EnabledCloudwatchLogsExports,
    StorageType: source.StorageType,
    ...(hasOwnSpeed(source) && { Iops: source.Iops, StorageThroughput: source.StorageThroughput }),
    DedicatedLogVolume: source.DedicatedLogVolume,
    ProcessorFeatures: source.ProcessorFeatures,
    MaxAllocatedStorage: source.MaxAllocatedStorage,
    BackupRetentionPeriod: source.BackupRetentionPeriod,
    PreferredBackupWindow: source.PreferredBackupWindow,
    CACertificateIdentifier: source.CACertificateIdentifier,
    EngineLifecycleSupport: source.EngineLifecycleSupport,
    NetworkType: source.NetworkType,
    Tags: source.TagList?.filter(({ Key }) => Key?.startsWith("aws:") === false),
  };
}

/**
 * Below 400 GiB, gp3 has one speed, and RDS refuses a request that names it.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html#gp3-storage
 */
function hasOwnSpeed({ StorageType, AllocatedStorage = 0 }: DBInstance): boolean {
  return StorageType !== "gp3" || AllocatedStorage >= 400;
}

/**
 * What RDS takes word about only once the instance is there. Without it the instance has no monitoring and no Performance
 * Insights, RDS chooses the time of its maintenance, and its password is that of the time that it came back from.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
 */
export function settingsInput(source: DBInstance, to: string): ModifyDBInstanceCommandInput {
  return {
    DBInstanceIdentifier: to,
    ManageMasterUserPassword: true,
    MasterUserSecretKmsKeyId: source.MasterUserSecret?.KmsKeyId ?? source.KmsKeyId,
    PreferredMaintenanceWindow: source.PreferredMaintenanceWindow,
    ...(source.MonitoringRoleArn !== undefined && {
      MonitoringInterval: source.MonitoringInterval,
      MonitoringRoleArn: source.MonitoringRoleArn,
    }),
    ...(source.PerformanceInsightsEnabled && {
      EnablePerformanceInsights: true,
      PerformanceInsightsKMSKeyId: source.PerformanceInsightsKMSKeyId,
      PerformanceInsightsRetentionPeriod: source.PerformanceInsightsRetentionPeriod,
      DatabaseInsightsMode: source.DatabaseInsightsMode,
    }),
    ApplyImmediately: true,
  };
}

export interface RestorableWindow {
  readonly earliest: Date | undefined;
  readonly latest: Date | undefined;
}

/** What is wrong with the time; undefined if the database can be brought back to it. */
export function problemOfTime(at: Date, { earliest, latest }: RestorableWindow): string | undefined {
  const isWithin = latest !== undefined && at <= latest && (earliest === undefined || at >= earliest);
  if (isWithin) return undefined;
  if (latest === undefined) return `got ${at.toISOString()}; allowed: none, since RDS has no backups of the instance`;
  return `got ${at.toISOString()}; allowed: ${earliest === undefined ? "" : `from ${earliest.toISOString()} `}to ${latest.toISOString()}`;
}
