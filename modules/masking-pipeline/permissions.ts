/** What the state machine may do: with one snapshot and one instance, both of a fixed name, and with tasks of one family. */
import { type Expression, type PolicyStatement, taskStatements } from "../../lib";
import type { StepRoles } from "./step-roles";

interface MachineInput {
  readonly name: Expression<string>;
  readonly accountId: Expression<string>;
  readonly region: Expression<string>;
  readonly arnPartition: Expression<string>;
  readonly kmsKeyArn: Expression<string>;
  readonly sourceSnapshotArn: Expression<string>;
  readonly sourceKmsKeyArn: Expression<string>;
  readonly clusterName: Expression<string>;
  readonly taskFamily: Expression<string>;
  readonly executionRoleArn: Expression<string>;
}

type Groups = Readonly<Record<"subnetGroup" | "parameterGroup", Expression<string>>>;

export function machineStatements(input: MachineInput, roles: StepRoles, groups: Groups): PolicyStatement[] {
  return [
    ...databaseStatements(input, groups),
    ...secretStatements(input),
    ...keyStatements(input),
    ...taskStatements(input, [input.executionRoleArn, roles.mask, roles.verify, roles.export]),
  ];
}

function databaseStatements(input: MachineInput, { subnetGroup, parameterGroup }: Groups): PolicyStatement[] {
  const rds = `arn:${input.arnPartition}:rds:${input.region}:${input.accountId}` as const;
  const snapshot = `${rds}:snapshot:${input.name}` as const;
  const instance = `${rds}:db:${input.name}` as const;
  return [
    {
      Sid: "CopySnapshot",
      Effect: "Allow",
      Action: "rds:CopyDBSnapshot",
      Resource: [input.sourceSnapshotArn, snapshot],
    },
    {
      Sid: "RestorePrivately",
      Effect: "Allow",
      Action: "rds:RestoreDBInstanceFromDBSnapshot",
      Resource: [snapshot, instance, subnetGroup, parameterGroup, `${rds}:og:default:postgres-*`],
      Condition: { Bool: { "rds:ManageMasterUserPassword": "true", "rds:PubliclyAccessible": "false" } },
    },
    {
      Sid: "WatchAndDelete",
      Effect: "Allow",
      Action: ["rds:DeleteDBInstance", "rds:DeleteDBSnapshot", "rds:DescribeDBInstances", "rds:DescribeDBSnapshots"],
      Resource: [instance, snapshot],
    },
  ];
}

/** RDS makes the secret of the master user as the caller. */
function secretStatements({ arnPartition, region, accountId }: MachineInput): PolicyStatement[] {
  return [
    {
      Sid: "MakeLogin",
      Effect: "Allow",
      Action: ["secretsmanager:CreateSecret", "secretsmanager:TagResource"],
      Resource: `arn:${arnPartition}:secretsmanager:${region}:${accountId}:secret:rds!db-*`,
    },
  ];
}

function keyStatements({ region, kmsKeyArn, sourceKmsKeyArn }: MachineInput): PolicyStatement[] {
  const rds = `rds.${region}.amazonaws.com` as const;
  const services = [rds, `secretsmanager.${region}.amazonaws.com` as const];
  return [
    {
      Sid: "ReadSharedSnapshot",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:DescribeKey", "kms:ReEncryptFrom"],
      Resource: sourceKmsKeyArn,
      Condition: { StringEquals: { "kms:ViaService": rds } },
    },
    {
      Sid: "EncryptCopyAndLogin",
      Effect: "Allow",
      Action: [
        "kms:Decrypt",
        "kms:DescribeKey",
        "kms:Encrypt",
        "kms:GenerateDataKey",
        "kms:GenerateDataKeyWithoutPlaintext",
        "kms:ReEncryptFrom",
        "kms:ReEncryptTo",
      ],
      Resource: kmsKeyArn,
      Condition: { StringEquals: { "kms:ViaService": services } },
    },
    {
      Sid: "GrantKeys",
      Effect: "Allow",
      Action: "kms:CreateGrant",
      Resource: [kmsKeyArn, sourceKmsKeyArn],
      Condition: { StringEquals: { "kms:ViaService": services }, Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}
