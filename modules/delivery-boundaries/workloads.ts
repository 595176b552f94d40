/** The boundary of the roles that environments create: for tasks, pods, deployments, logs. No workflow assumes them. */
import { condition, type Expression, hcl, type PolicyStatement } from "../../lib";
import { hasClusters, type Limits, optional, storedObjects } from "./limits";

export function workloadStatements(limits: Limits): Expression<object[]> {
  const { taskRoleArns } = limits;
  const allowed: PolicyStatement[] = [
    {
      Sid: "AllowWithinTheAccount",
      Effect: "Allow",
      Action: hcl<string[]>`sort(${limits.workloadActions})`,
      Resource: "*",
      Condition: { StringEquals: { "aws:ResourceAccount": limits.accountId } },
    },
    {
      Sid: "AllowOnAll",
      Effect: "Allow",
      Action: hcl<string[]>`sort(${limits.workloadActionsOnAll})`,
      Resource: "*",
    },
  ];
  const tasks = optional(condition`length(${taskRoleArns}) > 0`, {
    Sid: "AllowHandingRolesToTasks",
    Effect: "Allow",
    Action: "iam:PassRole",
    Resource: hcl<string[]>`sort(${taskRoleArns})`,
    Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
  });
  const store = { Sid: "DenyTheStore", Effect: "Deny", Action: "s3:*", Resource: storedObjects(limits) };
  const pods = hasClusters(limits);
  return hcl`concat(${allowed}, ${tasks}, [${store}], ${optional(condition`!${pods}`, denyWorkflows({}))}, ${optional(pods, denyWorkflows(EXCEPT_PODS))})`;
}

/** A service account is an identity of its cluster's issuer, and a workflow is one of GitHub. */
const EXCEPT_PODS = {
  StringNotLike: { "aws:FederatedProvider": ["arn:*:iam::*:oidc-provider/oidc.eks.*", "oidc.eks.*"] },
} as const;

function denyWorkflows(except: NonNullable<PolicyStatement["Condition"]>): PolicyStatement {
  return {
    Sid: "DenyWorkflows",
    Effect: "Deny",
    Action: "*",
    Resource: "*",
    Condition: { Null: { "aws:FederatedProvider": "false" }, ...except },
  };
}
