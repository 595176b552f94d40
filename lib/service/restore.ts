/** What RDS is asked for so that a database comes back beside itself, as it was at a time. */
import type { DBInstance, RestoreDBInstanceToPointInTimeCommandInput } from "@aws-sdk/client-rds";

/**
 * The new instance is as the source is, but for what nobody may give up: it is never public, and it is protected from
 * deletion. RDS would give it the VPC's default security group, the engine's default parameters and no standby where it
 * is not told. Storage keeps the source's key, which RDS takes no word about.
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
 * A restore brings the password of that time. Only for Oracle does RDS take word about it with the restore itself, so it
 * is handed to Secrets Manager once the instance is there.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
 */
export function passwordInput(source: DBInstance, to: string) {
  return {
    DBInstanceIdentifier: to,
    ManageMasterUserPassword: true,
    MasterUserSecretKmsKeyId: source.MasterUserSecret?.KmsKeyId ?? source.KmsKeyId,
    ApplyImmediately: true,
  };
}

export interface RestorableWindow {
  readonly earliest: Date | undefined;
  readonly latest: Date | undefined;
}

/** What is wrong with the time; undefined where the database can be brought back to it. */
export function problemOfTime(at: Date, { earliest, latest }: RestorableWindow): string | undefined {
  const isWithin = latest !== undefined && at <= latest && (earliest === undefined || at >= earliest);
  if (isWithin) return undefined;
  if (latest === undefined) return `got ${at.toISOString()}; allowed: none, as RDS keeps no backups of it`;
  return `got ${at.toISOString()}; allowed: ${earliest === undefined ? "" : `from ${earliest.toISOString()} `}to ${latest.toISOString()}`;
}
