/** What the task of the import may do: read the dump and the login of the database. */
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { Construct } from "constructs";
import { type Expression, policyDocument, resource, serviceTrust } from "../../lib";

interface ImportInput {
  readonly name: Expression<string>;
  readonly accountId: Expression<string>;
  readonly region: Expression<string>;
  readonly arnPartition: Expression<string>;
  readonly masterSecretArn: Expression<string>;
  readonly masterSecretKeyArn: Expression<string>;
  readonly exportBucket: Expression<string>;
  readonly exportKmsKeyArn: Expression<string>;
  readonly dumpKey: Expression<string>;
  readonly permissionsBoundaryArn: Expression<string | null>;
}

/** @returns the role, whose name the other account knows before it exists, and its policy, for which a run has to wait */
export function importRole(scope: Construct, input: ImportInput) {
  const dump = `arn:${input.arnPartition}:s3:::${input.exportBucket}` as const;
  const through = (service: string) => ({
    StringEquals: { "kms:ViaService": `${service}.${input.region}.amazonaws.com` },
  });
  const role = resource(scope, IamRole, "task", {
    name: `${input.name}-task`,
    description: "Imports a masked dump",
    permissionsBoundary: input.permissionsBoundaryArn,
    assumeRolePolicy: serviceTrust(scope, "task_trust", "ecs-tasks.amazonaws.com", input.accountId),
  });
  const policy = resource(scope, IamRolePolicy, "task", {
    name: "import",
    role: role.name,
    policy: policyDocument(scope, "task_policy", [
      // Without it, a missing dump is reported as a missing permission.
      { Sid: "FindDump", Effect: "Allow", Action: "s3:ListBucket", Resource: dump },
      { Sid: "ReadDump", Effect: "Allow", Action: "s3:GetObject", Resource: `${dump}/${input.dumpKey}` },
      {
        Sid: "DecryptDump",
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: input.exportKmsKeyArn,
        Condition: through("s3"),
      },
      {
        Sid: "ReadLogin",
        Effect: "Allow",
        Action: "secretsmanager:GetSecretValue",
        Resource: input.masterSecretArn,
      },
      {
        Sid: "DecryptLogin",
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: input.masterSecretKeyArn,
        Condition: through("secretsmanager"),
      },
    ]),
  });
  return { roleArn: role.arn, policy };
}
