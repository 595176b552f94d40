import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { Construct } from "constructs";
import { condition, type Expression, hcl, local, policyDocument, resource, resourceIf, serviceTrust } from "../../lib";

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

/** The execution role: Fargate pulls the image, injects the secrets and writes the log. */
export function executionRole(scope: Construct, input: RoleInputs, logGroupArn: Expression<string>) {
  const role = resource(scope, IamRole, "execution", {
    name: `${input.name}-execution`,
    description: "Lets Fargate start the task: image, secrets, log",
    permissionsBoundary: input.permissionsBoundaryArn,
    assumeRolePolicy: tasksTrust(scope, "execution_trust", input.accountId),
  });
  const base = local<object[]>(scope, "execution_statements", [
    { Sid: "LogInToRegistry", Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
    {
      Sid: "PullImage",
      Effect: "Allow",
      Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      Resource: input.repositoryArn,
    },
    {
      Sid: "WriteLog",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: `${logGroupArn}:*`,
    },
  ]);
  const secrets = local<object[]>(scope, "secret_statements", [
    {
      Sid: "ReadSecrets",
      Effect: "Allow",
      Action: "secretsmanager:GetSecretValue",
      Resource: hcl<
        string[]
      >`distinct([for arn in values(${input.secrets}) : join(":", slice(split(":", arn), 0, 7))])`,
    },
    {
      Sid: "DecryptSecrets",
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: hcl<string[]>`sort(${input.secretsKmsKeyArns})`,
      Condition: { StringEquals: { "kms:ViaService": `secretsmanager.${input.region}.amazonaws.com` } },
    },
  ]);
  const policy = resource(scope, IamRolePolicy, "execution", {
    name: "start-task",
    role: role.id,
    policy: policyDocument(
      scope,
      "execution_policy",
      hcl`concat(${base}, [for statement in ${secrets} : statement if length(${input.secrets}) > 0])`,
    ),
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
  const policy = resourceIf(scope, IamRolePolicy, "task", condition`length(${input.permissions}) > 0`, {
    name: "permissions",
    role: role.id,
    policy: policyDocument(
      scope,
      "task_policy",
      hcl`[for sid, permission in ${input.permissions} : { Sid = sid, Effect = "Allow", Action = sort(permission.actions), Resource = sort(permission.resources) }]`,
    ),
  });
  return { role, policy };
}

function tasksTrust(scope: Construct, name: string, accountId: Expression<string>) {
  return serviceTrust(scope, name, "ecs-tasks.amazonaws.com", accountId);
}
