/** What the state machine may do: with one ledger, one pool, one secret, the tasks of one family, and the folders of users. */
import { type Expression, hcl, type PolicyStatement, publishing, taskStatements } from "../../lib";

interface MachineInput {
  readonly accountId: Expression<string>;
  readonly region: Expression<string>;
  readonly arnPartition: Expression<string>;
  readonly kmsKeyArn: Expression<string>;
  readonly topicArn: Expression<string>;
  readonly topicKeyArn: Expression<string>;
  readonly userPoolArn: Expression<string>;
  readonly saltSecretArn: Expression<string>;
  readonly saltKmsKeyArn: Expression<string>;
  readonly clusterName: Expression<string>;
  readonly taskFamily: Expression<string>;
  readonly taskRoleArn: Expression<string>;
  readonly executionRoleArn: Expression<string>;
}

export function machineStatements(
  input: MachineInput,
  made: Readonly<Record<"ledger" | "replayRole", Expression<string>>>,
): PolicyStatement[] {
  const { region } = input;
  return [
    { Sid: "RecordErasures", Effect: "Allow", Action: "dynamodb:UpdateItem", Resource: made.ledger },
    {
      Sid: "UseKeyOfLedger",
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: input.kmsKeyArn,
      Condition: { StringEquals: { "kms:ViaService": `dynamodb.${region}.amazonaws.com` } },
    },
    ...saltStatements(input),
    {
      Sid: "DeleteUsers",
      Effect: "Allow",
      Action: [
        "cognito-idp:AdminDeleteUser",
        "cognito-idp:AdminDisableUser",
        "cognito-idp:AdminUserGlobalSignOut",
        "cognito-idp:ListUsers",
      ],
      Resource: input.userPoolArn,
    },
    ...taskStatements(input, [input.executionRoleArn, input.taskRoleArn, made.replayRole]),
    ...publishing(input),
  ];
}

/** For the hash of a user, which the state machine and the replay compute alike. */
export function saltStatements({
  region,
  saltSecretArn,
  saltKmsKeyArn,
}: Pick<MachineInput, "region" | "saltSecretArn" | "saltKmsKeyArn">): PolicyStatement[] {
  return [
    { Sid: "ReadSalt", Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: saltSecretArn },
    {
      Sid: "DecryptSalt",
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: saltKmsKeyArn,
      Condition: { StringEquals: { "kms:ViaService": `secretsmanager.${region}.amazonaws.com` } },
    },
  ];
}

/** Objects of users in all buckets, with their versions. */
export function objectStatements({
  arnPartition,
  buckets,
  objectPrefix,
}: Readonly<Record<"arnPartition" | "objectPrefix", Expression<string>>> & {
  readonly buckets: Expression<string[]>;
}): PolicyStatement[] {
  const s3 = `arn:${arnPartition}:s3:::` as const;
  return [
    {
      Sid: "ListVersionsOfUsers",
      Effect: "Allow",
      Action: "s3:ListBucketVersions",
      Resource: hcl<string[]>`[for bucket in sort(${buckets}) : format(${`${s3}%s`}, bucket)]`,
      Condition: { StringLike: { "s3:prefix": `${objectPrefix}*` } },
    },
    {
      Sid: "DeleteVersionsOfUsers",
      Effect: "Allow",
      Action: ["s3:DeleteObject", "s3:DeleteObjectVersion"],
      Resource: hcl<string[]>`[for bucket in sort(${buckets}) : format(${`${s3}%s/%s*`}, bucket, ${objectPrefix})]`,
    },
  ];
}
