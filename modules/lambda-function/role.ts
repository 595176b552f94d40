/** The role of the function: its log, and traces. */
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { Construct } from "constructs";
import { type Expression, policyDocument, resource, serviceTrust } from "../../lib";

interface RoleInput {
  readonly name: Expression<string>;
  readonly accountId: Expression<string>;
  readonly permissionsBoundaryArn: Expression<string | null>;
}

export function functionRole(scope: Construct, input: RoleInput, logGroupArn: Expression<string>) {
  const role = resource(scope, IamRole, "this", {
    name: input.name,
    description: `What the function ${input.name} may do`,
    permissionsBoundary: input.permissionsBoundaryArn,
    assumeRolePolicy: serviceTrust(scope, "trust", "lambda.amazonaws.com", input.accountId),
  });
  const policy = resource(scope, IamRolePolicy, "this", {
    name: "permissions",
    role: role.id,
    policy: policyDocument(scope, "permissions", [
      {
        Sid: "WriteLog",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `${logGroupArn}:*`,
      },
      // The actions support no resources.
      {
        Sid: "SendTraces",
        Effect: "Allow",
        Action: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
        Resource: "*",
      },
    ]),
  });
  return { arn: role.arn, policy };
}
