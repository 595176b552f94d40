/** What the role for backups may do, and what nobody else may. */
import { type Expression, hcl, type PolicyStatement } from "../../lib";

const SHARING = [
  "rds:ModifyDBClusterSnapshotAttribute",
  "rds:ModifyDBSnapshotAttribute",
  "rds:StartExportTask",
] as const;

const DELETING = [
  "backup:DeleteBackupVault*",
  "backup:DeleteRecoveryPoint",
  "backup:DisassociateRecoveryPoint",
  "backup:PutBackupVaultAccessPolicy",
  "backup:UpdateRecoveryPointLifecycle",
  "rds:DeleteDBClusterAutomatedBackup",
  "rds:DeleteDBClusterSnapshot",
  "rds:DeleteDBInstanceAutomatedBackup",
  "rds:DeleteDBSnapshot",
] as const;

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html */
export const DENIED_TO_OTHERS = [
  ...SHARING,
  ...DELETING,
  "backup:GetRecoveryPointRestoreMetadata",
  "backup:StartCopyJob",
  "backup:StartRestoreJob",
  "rds:CopyDBClusterSnapshot",
  "rds:CopyDBSnapshot",
  "rds:RestoreDB*",
] as const;

interface Backups {
  readonly accountId: Expression<string>;
  readonly arnPartition: Expression<string>;
  readonly databases: Expression<string[]>;
  readonly keyAliases: Expression<string[]>;
}

/** A restored database is private, and RDS makes its password and uses its key with the permissions of the caller. */
export function accessStatements({ accountId, arnPartition, databases, keyAliases }: Backups): PolicyStatement[] {
  const rds = `arn:${arnPartition}:rds:*:${accountId}` as const;
  const named = (forms: readonly string[]) =>
    hcl<
      string[]
    >`concat([${`${rds}:og:default:*`}], flatten([for database in sort(${databases}) : [for form in ${forms} : format("%s:%s", ${rds}, format(form, database))]]))`;
  const throughRds = { "kms:ViaService": ["rds.*.amazonaws.com", "secretsmanager.*.amazonaws.com"] };
  const keys = {
    Effect: "Allow",
    Resource: `arn:${arnPartition}:kms:*:${accountId}:key/*`,
  } as const;
  const ofDatabases = { "kms:ResourceAliases": hcl<string[]>`sort(${keyAliases})` };
  return [
    {
      Sid: "FindBackups",
      Effect: "Allow",
      Action: ["rds:DescribeDBInstanceAutomatedBackups", "rds:DescribeDBInstances", "rds:DescribeDBSnapshots"],
      Resource: ["auto-backup", "db", "snapshot"].map((kind) => `${rds}:${kind}:*` as const),
    },
    {
      Sid: "RestorePrivately",
      Effect: "Allow",
      Action: ["rds:RestoreDBInstanceFromDBSnapshot", "rds:RestoreDBInstanceToPointInTime"],
      Resource: named(["db:%s", "db:%s-*", "pg:%s", "snapshot:%s-*", "snapshot:rds:%s-*", "subgrp:%s"]),
      Condition: { Bool: { "rds:PubliclyAccessible": "false" } },
    },
    { Sid: "TagRestored", Effect: "Allow", Action: "rds:AddTagsToResource", Resource: named(["db:%s-*"]) },
    {
      Sid: "MakeLogin",
      Effect: "Allow",
      Action: ["secretsmanager:CreateSecret", "secretsmanager:TagResource"],
      Resource: `arn:${arnPartition}:secretsmanager:*:${accountId}:secret:rds!db-*`,
    },
    {
      ...keys,
      Sid: "UseKeysOfDatabases",
      Action: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"],
      Condition: { StringLike: throughRds, "ForAnyValue:StringEquals": ofDatabases },
    },
    {
      ...keys,
      Sid: "GrantKeysToRds",
      Action: "kms:CreateGrant",
      Condition: {
        StringLike: throughRds,
        Bool: { "kms:GrantIsForAWSResource": "true" },
        "ForAnyValue:StringEquals": ofDatabases,
      },
    },
  ];
}
