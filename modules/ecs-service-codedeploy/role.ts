import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { Construct } from "constructs";
import { type Expression, hcl, partition, policyDocument, resource, serviceTrust } from "../../lib";

interface RoleInputs {
  readonly name: Expression<string>;
  readonly accountId: Expression<string>;
  readonly region: Expression<string>;
  readonly clusterName: Expression<string>;
  readonly taskRoleArn: Expression<string>;
  readonly executionRoleArn: Expression<string>;
  readonly listenerArn: Expression<string>;
  readonly testListenerArn: Expression<string>;
  readonly permissionsBoundaryArn: Expression<string | null>;
}

/**
 * Permissions of CodeDeploy for this service. AWS's policy AWSCodeDeployRoleForECS includes every service, listener and
 * role of the account, and more: `lambda:InvokeFunction` for hooks, `sns:Publish` for triggers and `s3:GetObject` for
 * revisions in a bucket. There are no hooks and no triggers here, EventBridge reports failures, and the pipeline passes
 * the revision itself.
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCodeDeployRoleForECS.html
 */
export function deploymentRole(scope: Construct, input: RoleInputs) {
  const role = resource(scope, IamRole, "codedeploy", {
    name: `${input.name}-codedeploy`,
    description: "Lets CodeDeploy deploy the service: task sets, traffic, alarms",
    permissionsBoundary: input.permissionsBoundaryArn,
    assumeRolePolicy: serviceTrust(scope, "codedeploy_trust", "codedeploy.amazonaws.com", input.accountId),
  });
  const ecs = `arn:${partition(scope)}:ecs:${input.region}:${input.accountId}`;
  const path = `${input.clusterName}/${input.name}`;
  const listeners = [input.listenerArn, input.testListenerArn];
  const policy = resource(scope, IamRolePolicy, "codedeploy", {
    name: "deploy-service",
    role: role.id,
    policy: policyDocument(scope, "codedeploy_policy", [
      {
        Sid: "ReplaceTasks",
        Effect: "Allow",
        Action: ["ecs:CreateTaskSet", "ecs:DeleteTaskSet", "ecs:DescribeServices", "ecs:UpdateServicePrimaryTaskSet"],
        Resource: [`${ecs}:service/${path}`, `${ecs}:task-set/${path}/*`],
      },
      {
        Sid: "SeeTraffic",
        Effect: "Allow",
        Action: [
          "elasticloadbalancing:DescribeListeners",
          "elasticloadbalancing:DescribeRules",
          "elasticloadbalancing:DescribeTargetGroups",
        ],
        Resource: "*",
      },
      { Sid: "ShiftTraffic", Effect: "Allow", Action: "elasticloadbalancing:ModifyListener", Resource: listeners },
      {
        Sid: "ShiftTrafficOfRules",
        Effect: "Allow",
        Action: "elasticloadbalancing:ModifyRule",
        Resource: listeners.map((arn) => `${hcl<string>`replace(${arn}, ":listener/", ":listener-rule/")`}/*`),
      },
      {
        Sid: "StartTasksWithTheirRoles",
        Effect: "Allow",
        Action: "iam:PassRole",
        Resource: [input.taskRoleArn, input.executionRoleArn],
        Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
      },
      // Describing composite alarms requires the permission for all alarms.
      { Sid: "WatchAlarms", Effect: "Allow", Action: "cloudwatch:DescribeAlarms", Resource: "*" },
    ]),
  });
  return { role, policy };
}
