/** Which stopped tasks are reported. The events have the fields of AWS's examples that the rules can look at. */
import { z } from "zod";
import { EcsCluster } from "../../modules/ecs-cluster";
import { matches } from "../support/event-pattern";
import { describePlan, type Planned } from "../support/planned";
import { arnOf } from "../support/stand-ins";

interface StoppedTask {
  readonly group: string;
  readonly stopCode: string;
  readonly stoppedReason: string;
  /** Missing where the container never ran, or its runtime did not tell. */
  readonly exitCode?: number;
}

const SERVICE = "service:frontend-service";
const MIGRATIONS = "family:orders-migrations";
const EXITED = { stopCode: "EssentialContainerExited", stoppedReason: "Essential container in task exited" } as const;
const BY_SCHEDULER = "ServiceSchedulerInitiated";

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html */
const REPORTED: Readonly<Record<string, readonly [rule: string, task: StoppedTask]>> = {
  "a container of a service that ends with an error": ["task_crashed", { ...EXITED, group: SERVICE, exitCode: 1 }],
  "a container of a service that is killed for its memory": [
    "task_crashed",
    { ...EXITED, group: SERVICE, exitCode: 137 },
  ],
  "a container of a service that ends with 0": ["task_crashed", { ...EXITED, group: SERVICE, exitCode: 0 }],
  "a container of a service that ends without an exit code": ["task_crashed", { ...EXITED, group: SERVICE }],
  "a task that fails the health checks of its container": [
    "task_unhealthy",
    { group: SERVICE, stopCode: BY_SCHEDULER, stoppedReason: "Task failed container health checks", exitCode: 143 },
  ],
  "a task that fails the health checks of its load balancer": [
    "task_unhealthy",
    {
      group: SERVICE,
      stopCode: BY_SCHEDULER,
      stoppedReason:
        "Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/a/1)",
      exitCode: 0,
    },
  ],
  "a migration that fails": ["one_off_task_failed", { ...EXITED, group: MIGRATIONS, exitCode: 1 }],
  "a task that cannot start": [
    "task_failed_to_start",
    {
      group: SERVICE,
      stopCode: "TaskFailedToStart",
      stoppedReason: "CannotPullContainerError: pull image manifest has been retried 5 time(s)",
    },
  ],
};

const SCALING = "Scaling activity initiated by (deployment ecs-svc/1234567890123456789)";
const NOT_REPORTED: Readonly<Record<string, StoppedTask>> = {
  "a task that scaling in stops": { group: SERVICE, stopCode: BY_SCHEDULER, stoppedReason: SCALING, exitCode: 0 },
  "a task that a deployment replaces, and that SIGTERM kills": {
    group: SERVICE,
    stopCode: BY_SCHEDULER,
    stoppedReason: SCALING,
    exitCode: 143,
  },
  "a task of a task set that CodeDeploy ends": {
    group: SERVICE,
    stopCode: BY_SCHEDULER,
    stoppedReason: `${SCALING} (taskSet ecs-svc/9876543210987654321)`,
    exitCode: 0,
  },
  "a migration that succeeds": { ...EXITED, group: MIGRATIONS, exitCode: 0 },
  "a task that a person stops": {
    group: SERVICE,
    stopCode: "UserInitiated",
    stoppedReason: "Task stopped by user",
    exitCode: 143,
  },
  "a task that Fargate moves to other hardware": {
    group: SERVICE,
    stopCode: "TerminationNotice",
    stoppedReason: "ECS is performing maintenance on the underlying infrastructure hosting the task.",
    exitCode: 0,
  },
};

describePlan(
  "of the tasks that stop",
  (root) => {
    new EcsCluster(root, "cluster", {
      name: "orders",
      logKmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1",
      logRetentionDays: 30,
      alertTopicArn: "arn:aws:sns:eu-central-1:111122223333:alerts",
    });
  },
  (plan) => {
    test.each(Object.entries(REPORTED))("%s is reported once", (_what, [rule, task]) => {
      expect(reporting(plan(), stopped(task))).toEqual([rule]);
    });

    test.each(Object.entries(NOT_REPORTED))("%s is not reported", (_what, task) => {
      expect(reporting(plan(), stopped(task))).toEqual([]);
    });

    test.each(Object.entries(REPORTED))("%s is not reported before it has stopped", (_what, [, task]) => {
      expect(reporting(plan(), stopped(task, { lastStatus: "DEPROVISIONING" }))).toEqual([]);
    });

    test.each(Object.entries(REPORTED))("%s is not reported for another cluster", (_what, [, task]) => {
      expect(reporting(plan(), stopped(task, { clusterArn: "arn:aws:ecs:eu-central-1:1:cluster/shop" }))).toEqual([]);
    });
  },
);

/** Rules whose pattern matches the event. */
function reporting(plan: Planned, event: object): string[] {
  return plan
    .all("aws_cloudwatch_event_rule")
    .filter(({ values }) => matches(JSON.parse(z.string().parse(values.event_pattern)), event))
    .map(({ address }) => address.split(".").at(-1) ?? address);
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html */
function stopped({ exitCode, ...task }: StoppedTask, other: object = {}): object {
  const container = { name: "app", lastStatus: "STOPPED", ...(exitCode !== undefined && { exitCode }) };
  return {
    source: "aws.ecs",
    "detail-type": "ECS Task State Change",
    detail: {
      clusterArn: arnOf("module.cluster.aws_ecs_cluster.this"),
      containers: [container],
      desiredStatus: "STOPPED",
      lastStatus: "STOPPED",
      ...task,
      ...other,
    },
  };
}
