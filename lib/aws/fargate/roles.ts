/** The roles of a Fargate task: one that starts it, and one for its code. */
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { Construct } from "constructs";
import type { z } from "zod";
import type { Expression } from "../../generator/expression/code";
import { condition, hcl, type Ref } from "../../generator/expression/expression";
import { local, resource, resourceIf } from "../../generator/module/resource";
import { permissionStatements, pullStatements, secretStatements } from "../container";
import { policyDocument, serviceTrust } from "../policy";
import { collectorPermissions, collectorPull, type TRACE_COLLECTOR } from "./collector";

interface RoleInputs {
  readonly name: Expression<string>;
  readonly accountId: Expression<string>;
  readonly region: Expression<string>;
  readonly repositoryArn: Expression<string>;
  readonly secrets: Expression<Record<string, string>>;
  readonly secretsKmsKeyArns: Expression<string[]>;
  readonly permissionsBoundaryArn: Expression<string | null>;
  readonly permissions: Permissions;
  readonly traceCollector?: Ref<z.output<typeof TRACE_COLLECTOR>>;
}

type Permissions = Expression<Record<string, { actions: string[]; resources: string[] }>>;

/** The execution role: Fargate pulls the image, injects the secrets and writes the log. */
export function executionRole(scope: Construct, input: RoleInputs, logGroupArn: Expression<string>) {
  const role = resource(scope, IamRole, "execution", {
    name: `${input.name}-execution`,
    description: "Lets Fargate start the task: image, secrets, log",
    permissionsBoundary: input.permissionsBoundaryArn,
    assumeRolePolicy: tasksTrust(scope, "execution_trust", input.accountId),
  });
  const base = local<object[]>(scope, "execution_statements", [
    ...pullStatements(input.repositoryArn),
    {
      Sid: "WriteLog",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: `${logGroupArn}:*`,
    },
  ]);
  const { traceCollector } = input;
  const secrets = secretStatements(scope, input);
  const statements =
    traceCollector === undefined
      ? hcl<object[]>`concat(${base}, ${secrets})`
      : hcl<object[]>`concat(${base}, ${secrets}, ${collectorPull(traceCollector)})`;
  const policy = resource(scope, IamRolePolicy, "execution", {
    name: "start-task",
    role: role.id,
    policy: policyDocument(scope, "execution_policy", statements),
  });
  return { role, policy };
}

/** The task role. Without permissions, the code in the container may call no service. */
export function taskRole(scope: Construct, input: RoleInputs) {
  const role = resource(scope, IamRole, "task", {
    name: `${input.name}-task`,
    description: "What the code in the container may do",
    permissionsBoundary: input.permissionsBoundaryArn,
    assumeRolePolicy: tasksTrust(scope, "task_trust", input.accountId),
  });
  const { traceCollector } = input;
  const permissions: Permissions =
    traceCollector === undefined
      ? input.permissions
      : local(scope, "task_permissions", hcl`merge(${input.permissions}, ${collectorPermissions(traceCollector)})`);
  const policy = resourceIf(scope, IamRolePolicy, "task", condition`length(${permissions}) > 0`, {
    name: "permissions",
    role: role.id,
    policy: policyDocument(scope, "task_policy", permissionStatements(permissions)),
  });
  return { role, policy };
}

function tasksTrust(scope: Construct, name: string, accountId: Expression<string>) {
  return serviceTrust(scope, name, "ecs-tasks.amazonaws.com", accountId);
}
