/** The roles of a service: one that pulls its image, and one for its instances. */
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { Construct } from "constructs";
import {
  type Expression,
  hcl,
  local,
  permissionStatements,
  policyDocument,
  pullStatements,
  resource,
  secretStatements,
  serviceTrust,
} from "../../lib";

interface RoleInputs {
  readonly name: Expression<string>;
  readonly accountId: Expression<string>;
  readonly region: Expression<string>;
  readonly repositoryArn: Expression<string>;
  readonly secrets: Expression<Record<string, string>>;
  readonly secretsKmsKeyArns: Expression<string[]>;
  readonly permissionsBoundaryArn: Expression<string | null>;
  readonly permissions: Expression<Record<string, { actions: string[]; resources: string[] }>>;
}

/** @see https://docs.aws.amazon.com/apprunner/latest/dg/security_iam_service-with-iam.html#security_iam_service-with-iam-roles */
export function accessRole(scope: Construct, input: RoleInputs) {
  const role = resource(scope, IamRole, "access", {
    name: `${input.name}-access`,
    description: "Lets App Runner pull the image",
    permissionsBoundary: input.permissionsBoundaryArn,
    assumeRolePolicy: serviceTrust(scope, "access_trust", "build.apprunner.amazonaws.com", input.accountId),
  });
  const policy = resource(scope, IamRolePolicy, "access", {
    name: "pull-image",
    role: role.id,
    policy: policyDocument(scope, "access_policy", pullStatements(input.repositoryArn)),
  });
  return { role, policy };
}

/** App Runner reads the secrets and sends the traces with the role of the code. */
export function instanceRole(scope: Construct, input: RoleInputs) {
  const role = resource(scope, IamRole, "instance", {
    name: `${input.name}-instance`,
    description: "What the code in the container may do",
    permissionsBoundary: input.permissionsBoundaryArn,
    assumeRolePolicy: serviceTrust(scope, "instance_trust", "tasks.apprunner.amazonaws.com", input.accountId),
  });
  const traces = local<object[]>(scope, "trace_statements", [TRACES]);
  const policy = resource(scope, IamRolePolicy, "instance", {
    name: "permissions",
    role: role.id,
    policy: policyDocument(
      scope,
      "instance_policy",
      hcl`concat(${traces}, ${secretStatements(scope, input)}, ${permissionStatements(input.permissions)})`,
    ),
  });
  return { role, policy };
}

/** The actions support no resources. @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html */
const TRACES = {
  Sid: "SendTraces",
  Effect: "Allow",
  Action: ["xray:GetSamplingRules", "xray:GetSamplingTargets", "xray:PutTelemetryRecords", "xray:PutTraceSegments"],
  Resource: "*",
} as const;
