/** Tasks of Fargate that a state machine starts and waits for: the state, and the permissions of the machine. */
import type { Expression } from "../generator/expression/code";
import type { Value } from "../generator/expression/expression";
import { hcl } from "../generator/expression/expression";
import { CONTAINER } from "./fargate/task";
import type { PolicyStatement } from "./policy";

/** A task that takes longer has a problem. */
const TASK_SECONDS = 6 * 3600;

interface Task {
  readonly clusterName: Expression<string>;
  readonly taskDefinitionArn: Expression<string>;
  readonly subnetIds: Expression<string[]>;
  readonly taskSecurityGroupId: Expression<string>;
}

interface Run {
  readonly command: string;
  readonly roleArn: Expression<string>;
  readonly environment: Readonly<Record<string, Value<string>>>;
}

/** The state fails if the program in the task does. */
export function taskRun(task: Task, { command, roleArn, environment }: Run) {
  return {
    Type: "Task",
    Resource: "arn:aws:states:::ecs:runTask.sync",
    TimeoutSeconds: TASK_SECONDS,
    Arguments: {
      Cluster: task.clusterName,
      TaskDefinition: task.taskDefinitionArn,
      LaunchType: "FARGATE",
      NetworkConfiguration: {
        AwsvpcConfiguration: {
          Subnets: hcl<string[]>`sort(${task.subnetIds})`,
          SecurityGroups: [task.taskSecurityGroupId],
          AssignPublicIp: "DISABLED",
        },
      },
      Overrides: {
        TaskRoleArn: roleArn,
        ContainerOverrides: [
          {
            Name: CONTAINER,
            Command: [command],
            Environment: Object.entries(environment).map(([Name, Value]) => ({ Name, Value })),
          },
        ],
      },
    },
  } as const;
}

interface Runner {
  readonly accountId: Expression<string>;
  readonly region: Expression<string>;
  readonly arnPartition: Expression<string>;
  readonly clusterName: Expression<string>;
  readonly taskDefinitionArn: Expression<string>;
  readonly executionRoleArn: Expression<string>;
}

/**
 * @param taskRoleArns roles of the tasks
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-ecs.html
 */
export function taskRunStatements(input: Runner, taskRoleArns: readonly Expression<string>[]): PolicyStatement[] {
  const ecs = `arn:${input.arnPartition}:ecs:${input.region}:${input.accountId}` as const;
  const inCluster = { ArnEquals: { "ecs:cluster": `${ecs}:cluster/${input.clusterName}` as const } };
  return [
    {
      Sid: "StartTasks",
      Effect: "Allow",
      Action: "ecs:RunTask",
      Resource: input.taskDefinitionArn,
      Condition: inCluster,
    },
    {
      Sid: "FollowTasks",
      Effect: "Allow",
      Action: ["ecs:DescribeTasks", "ecs:StopTask"],
      Resource: `${ecs}:task/${input.clusterName}/*`,
      Condition: inCluster,
    },
    {
      Sid: "LearnOfEndedTasks",
      Effect: "Allow",
      Action: ["events:DescribeRule", "events:PutRule", "events:PutTargets"],
      Resource: `arn:${input.arnPartition}:events:${input.region}:${input.accountId}:rule/StepFunctionsGetEventsForECSTaskRule`,
    },
    {
      Sid: "GiveTasksTheirRoles",
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: [input.executionRoleArn, ...taskRoleArns],
      Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    },
  ];
}
