/** The boundary of the roles that environments create: for tasks, pods, deployments, logs. No workflow assumes them. */
import { condition, type Expression, hcl, type PolicyStatement } from "../../lib";
import { hasClusters, hasGuests, type Limits, optional, storedObjects } from "./limits";

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
  const elsewhere = optional(condition`length(${limits.otherAccountIds}) > 0`, {
    Sid: "AllowInOtherAccounts",
    Effect: "Allow",
    Action: hcl<string[]>`sort(${limits.actionsInOtherAccounts})`,
    Resource: "*",
    Condition: { StringEquals: { "aws:ResourceAccount": hcl<string[]>`sort(${limits.otherAccountIds})` } },
  });
  const store = { Sid: "DenyTheStore", Effect: "Deny", Action: "s3:*", Resource: storedObjects(limits) };
  const excepted = hcl<string[]>`concat(${hasClusters(limits)(PODS, [])}, ${hasGuests(limits)(GUESTS, [])})`;
  return hcl`concat(${allowed}, ${tasks}, ${elsewhere}, [${store}], ${optional(condition`length(${excepted}) == 0`, denyWorkflows({}))}, ${optional(condition`length(${excepted}) > 0`, denyWorkflows({ StringNotLike: { "aws:FederatedProvider": excepted } }))})`;
}

/** A service account is an identity of its cluster's issuer, and a workflow is one of GitHub. */
const PODS = ["arn:*:iam::*:oidc-provider/oidc.eks.*", "oidc.eks.*"];

/** Browsers without a login, which are identities of Cognito. */
const GUESTS = ["cognito-identity.amazonaws.com"];

function denyWorkflows(except: NonNullable<PolicyStatement["Condition"]>): PolicyStatement {
  return {
    Sid: "DenyWorkflows",
    Effect: "Deny",
    Action: "*",
    Resource: "*",
    Condition: { Null: { "aws:FederatedProvider": "false" }, ...except },
  };
}
