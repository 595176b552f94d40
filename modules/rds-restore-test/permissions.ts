/** What the role of the test may do: restore one instance from some backups, delete it, and write records. */
import type { Expression, PolicyStatement } from "../../lib";

type Place = Readonly<
  Record<
    | "name"
    | "accountId"
    | "region"
    | "backupsKmsKeyArn"
    | "arnPartition"
    | "automatedBackupsArn"
    | "evidenceBucket"
    | "evidenceKmsKeyArn",
    Expression<string>
  >
>;

export function restoreStatements(
  input: Place,
  groups: Readonly<Record<"subnetGroup" | "parameterGroup", Expression<string>>>,
): PolicyStatement[] {
  const rds = `arn:${input.arnPartition}:rds:${input.region}:${input.accountId}` as const;
  const instance = `${rds}:db:${input.name}` as const;
  const viaRds = { "kms:ViaService": `rds.${input.region}.amazonaws.com` };
  return [
    {
      Sid: "RestoreBackups",
      Effect: "Allow",
      Action: ["rds:AddTagsToResource", "rds:RestoreDBInstanceToPointInTime"],
      Resource: [
        input.automatedBackupsArn,
        instance,
        groups.subnetGroup,
        groups.parameterGroup,
        `${rds}:og:default:postgres-*`,
      ],
    },
    {
      Sid: "AwaitAndDeleteInstance",
      Effect: "Allow",
      Action: ["rds:DeleteDBInstance", "rds:DescribeDBInstances"],
      Resource: instance,
    },
    {
      Sid: "DecryptBackups",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext"],
      Resource: input.backupsKmsKeyArn,
      Condition: { StringEquals: viaRds },
    },
    {
      Sid: "GrantKeyToRds",
      Effect: "Allow",
      Action: "kms:CreateGrant",
      Resource: input.backupsKmsKeyArn,
      Condition: { StringEquals: viaRds, Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
    {
      Sid: "WriteRecord",
      Effect: "Allow",
      Action: "s3:PutObject",
      Resource: `arn:${input.arnPartition}:s3:::${input.evidenceBucket}/restore-tests/*`,
    },
    {
      Sid: "EncryptRecord",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: input.evidenceKmsKeyArn,
      Condition: { StringEquals: { "kms:ViaService": `s3.${input.region}.amazonaws.com` } },
    },
  ];
}
