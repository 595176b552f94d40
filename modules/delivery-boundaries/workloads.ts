/** The boundary of the roles that environments create: for tasks, deployments, logs. Services assume them, and no workflow. */
import { hcl, type PolicyStatement } from "../../lib";
import { type Limits, storedObjects } from "./limits";

export function workloadStatements(limits: Limits): PolicyStatement[] {
  const deny = { Effect: "Deny" } as const;
  return [
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
    {
      Sid: "AllowHandingRolesToTasks",
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: hcl<string[]>`sort(${limits.taskRoleArns})`,
      Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    },
    { ...deny, Sid: "DenyTheStore", Action: "s3:*", Resource: storedObjects(limits) },
    {
      ...deny,
      Sid: "DenyWorkflows",
      Action: "*",
      Resource: "*",
      Condition: { Null: { "aws:FederatedProvider": "false" } },
    },
  ];
}
