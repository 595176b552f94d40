/** The role of the task that replays the ledger: it reads the ledger and the salt. */
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { Construct } from "constructs";
import { type Expression, policyDocument, resource, serviceTrust } from "../../lib";
import { saltStatements } from "./permissions";

interface RoleInput {
  readonly name: Expression<string>;
  readonly accountId: Expression<string>;
  readonly region: Expression<string>;
  readonly kmsKeyArn: Expression<string>;
  readonly saltSecretArn: Expression<string>;
  readonly saltKmsKeyArn: Expression<string>;
  readonly permissionsBoundaryArn: Expression<string | null>;
}

/** @returns its ARN */
export function replayRole(scope: Construct, input: RoleInput, ledgerArn: Expression<string>) {
  const role = resource(scope, IamRole, "replay", {
    name: `${input.name}-replay`,
    description: "Reads the ledger of erasures, to repeat them in a restored database",
    permissionsBoundary: input.permissionsBoundaryArn,
    assumeRolePolicy: serviceTrust(scope, "replay_trust", "ecs-tasks.amazonaws.com", input.accountId),
  });
  const policy = resource(scope, IamRolePolicy, "replay", {
    name: "replay",
    role: role.name,
    policy: policyDocument(scope, "replay", [
      { Sid: "ReadLedger", Effect: "Allow", Action: "dynamodb:Scan", Resource: ledgerArn },
      {
        Sid: "UseKeyOfLedger",
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: input.kmsKeyArn,
        Condition: { StringEquals: { "kms:ViaService": `dynamodb.${input.region}.amazonaws.com` } },
      },
      ...saltStatements(input),
    ]),
  });
  return { arn: role.arn, policy };
}
