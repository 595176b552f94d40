/** A state that runs a task of Fargate to its end, and the permissions that it needs. */
import type { Expression } from "../generator/expression/code";
import { hcl, type Value } from "../generator/expression/expression";
import { CONTAINER } from "./fargate/task";
import type { PolicyStatement } from "./policy";

interface TaskRun {
  readonly clusterName: Expression<string>;
  readonly subnetIds: Expression<string[]>;
  readonly taskSecurityGroupId: Expression<string>;
  /** ARN of a revision, or a family for its newest revision. */
  readonly taskDefinition: Expression<string>;
  /** Role in place of that of the task definition. */
  readonly roleArn?: Expression<string>;
  readonly command: readonly Value<string>[] | Expression<string[]>;
  readonly environment: Readonly<Record<string, Value<string>>>;
  readonly timeoutSeconds: number;
}

/**
 * The state fails if the container ends with another exit code than 0.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-ecs.html
 */
export function taskState(run: TaskRun) {
  return {
    Type: "Task",
    Resource: "arn:aws:states:::ecs:runTask.sync",
    TimeoutSeconds: run.timeoutSeconds,
    Arguments: {
      Cluster: run.clusterName,
      TaskDefinition: run.taskDefinition,
      LaunchType: "FARGATE",
      NetworkConfiguration: {
        AwsvpcConfiguration: {
          Subnets: hcl<string[]>`sort(${run.subnetIds})`,
          SecurityGroups: [run.taskSecurityGroupId],
          AssignPublicIp: "DISABLED",
        },
      },
      Overrides: {
        ...(run.roleArn !== undefined && { TaskRoleArn: run.roleArn }),
        ContainerOverrides: [
          {
            Name: CONTAINER,
            Command: run.command,
            Environment: Object.entries(run.environment).map(([Name, Value]) => ({ Name, Value })),
          },
        ],
      },
    },
  } as const;
}

interface TaskPlace {
  readonly accountId: Expression<string>;
  readonly region: Expression<string>;
  readonly arnPartition: Expression<string>;
  readonly clusterName: Expression<string>;
  readonly taskFamily: Expression<string>;
}

/**
 * All revisions of the family are allowed: an execution that began before a new revision goes on with its own, and a new revision
 * does not change the policy.
 * @param roleArns execution role and roles of the tasks
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-ecs.html
 */
export function taskStatements(
  { accountId, region, arnPartition, clusterName, taskFamily }: TaskPlace,
  roleArns: readonly Expression<string>[],
): PolicyStatement[] {
  const ecs = `arn:${arnPartition}:ecs:${region}:${accountId}` as const;
  const inCluster = { ArnEquals: { "ecs:cluster": `${ecs}:cluster/${clusterName}` as const } };
  return [
    {
      Sid: "StartTasks",
      Effect: "Allow",
      Action: "ecs:RunTask",
      Resource: `${ecs}:task-definition/${taskFamily}:*`,
      Condition: inCluster,
    },
    {
      Sid: "FollowTasks",
      Effect: "Allow",
      Action: ["ecs:DescribeTasks", "ecs:StopTask"],
      Resource: `${ecs}:task/${clusterName}/*`,
      Condition: inCluster,
    },
    {
      Sid: "LearnOfEndedTasks",
      Effect: "Allow",
      Action: ["events:DescribeRule", "events:PutRule", "events:PutTargets"],
      Resource: `arn:${arnPartition}:events:${region}:${accountId}:rule/StepFunctionsGetEventsForECSTaskRule`,
    },
    {
      Sid: "GiveTasksTheirRoles",
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: roleArns,
      Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    },
  ];
}
