/** A role for the task of each step. All read the login of the restored instance; only the export writes to the bucket. */
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { Construct } from "constructs";
import { type Expression, type PolicyStatement, policyDocument, resource, serviceTrust, type Value } from "../../lib";

interface StepInput {
  readonly name: Expression<string>;
  readonly accountId: Expression<string>;
  readonly region: Expression<string>;
  readonly arnPartition: Expression<string>;
  readonly kmsKeyArn: Expression<string>;
  readonly exportBucket: Expression<string>;
  readonly exportKmsKeyArn: Expression<string>;
  readonly permissionsBoundaryArn: Expression<string | null>;
}

/** ARNs of the roles by step. */
export type StepRoles = Readonly<Record<"mask" | "verify" | "export", Expression<string>>>;

/** @returns the role of each step with its policy, for which a run has to wait */
export function stepRoles(scope: Construct, input: StepInput, dumpKey: Value<string>) {
  return {
    mask: stepRole(scope, input, "mask", "Masks the restored database", []),
    verify: stepRole(scope, input, "verify", "Checks the masked database", []),
    export: stepRole(scope, input, "export", "Exports the masked database", exportStatements(input, dumpKey)),
  };
}

function stepRole(
  scope: Construct,
  input: StepInput,
  step: keyof StepRoles,
  description: string,
  statements: readonly PolicyStatement[],
) {
  const role = resource(scope, IamRole, step, {
    name: `${input.name}-${step}`,
    description,
    permissionsBoundary: input.permissionsBoundaryArn,
    assumeRolePolicy: serviceTrust(scope, `${step}_trust`, "ecs-tasks.amazonaws.com", input.accountId),
  });
  const policy = resource(scope, IamRolePolicy, step, {
    name: step,
    role: role.name,
    policy: policyDocument(scope, `${step}_policy`, [...loginStatements(input), ...statements]),
  });
  return { arn: role.arn, policy };
}

/**
 * RDS names the secret, and tags it with the instance.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
 */
function loginStatements({ name, accountId, region, arnPartition, kmsKeyArn }: StepInput): PolicyStatement[] {
  return [
    {
      Sid: "ReadLogin",
      Effect: "Allow",
      Action: "secretsmanager:GetSecretValue",
      Resource: `arn:${arnPartition}:secretsmanager:${region}:${accountId}:secret:rds!db-*`,
      Condition: {
        StringEquals: {
          "aws:ResourceTag/aws:rds:primaryDBInstanceArn": `arn:${arnPartition}:rds:${region}:${accountId}:db:${name}`,
        },
      },
    },
    {
      Sid: "DecryptLogin",
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: kmsKeyArn,
      Condition: { StringEquals: { "kms:ViaService": `secretsmanager.${region}.amazonaws.com` } },
    },
  ];
}

/** The parts of an upload are decrypted when it is completed. */
function exportStatements(
  { arnPartition, region, exportBucket, exportKmsKeyArn }: StepInput,
  dumpKey: Value<string>,
): PolicyStatement[] {
  return [
    {
      Sid: "WriteDump",
      Effect: "Allow",
      Action: "s3:PutObject",
      Resource: `arn:${arnPartition}:s3:::${exportBucket}/${dumpKey}`,
    },
    {
      Sid: "EncryptDump",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: exportKmsKeyArn,
      Condition: { StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } },
    },
  ];
}
