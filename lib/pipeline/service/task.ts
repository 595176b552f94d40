/** A task that runs once, and how it ended. */
import { randomUUID } from "node:crypto";
import { DescribeTasksCommand, type ECSClient, RunTaskCommand, type RunTaskCommandInput } from "@aws-sdk/client-ecs";
import { z } from "zod";
import { aws, ServiceError } from "./failure";
import { onChange, type Work, wait } from "./waiting";

export interface OneOffTask {
  readonly cluster: string;
  /** ARN or `<family>:<revision>`. */
  readonly revision: string;
  readonly subnets: readonly string[];
  readonly securityGroups: readonly string[];
}

const TASK = z.object({
  taskArn: z.string(),
  lastStatus: z.string(),
  stopCode: z.string().optional(),
  stoppedReason: z.string().optional(),
  containers: z
    .array(z.object({ name: z.string(), exitCode: z.number().optional(), reason: z.string().optional() }))
    .default([]),
});

export type StoppedTask = Omit<z.infer<typeof TASK>, "lastStatus">;

export function runTaskInput({ cluster, revision, subnets, securityGroups }: OneOffTask): RunTaskCommandInput {
  return {
    cluster,
    taskDefinition: revision,
    count: 1,
    launchType: "FARGATE",
    startedBy: "groundplan-migrate",
    enableECSManagedTags: true,
    propagateTags: "TASK_DEFINITION",
    networkConfiguration: {
      awsvpcConfiguration: { subnets: [...subnets], securityGroups: [...securityGroups], assignPublicIp: "DISABLED" },
    },
  };
}

/** Runs it until it has stopped. @throws ServiceError if it does not start, or does not stop in time */
export async function runTask(ecs: ECSClient, task: OneOffTask, work: Work): Promise<StoppedTask> {
  const arn = await start(ecs, task);
  const id = arn.split("/").at(-1) ?? arn;
  work.report(`task ${id}: started`);
  const report = onChange(work.report);
  const goesOn = `ECS continues task ${id}, whose exit code is not known: aws ecs describe-tasks --cluster ${task.cluster} --tasks ${id}`;
  const stopped = await wait({ clock: work.clock, minutes: work.timeoutMinutes, goesOn }, async () => {
    const found = await describe(ecs, task.cluster, arn);
    if (found === undefined) return undefined;
    report(`task ${id}: ${found.lastStatus}`);
    return found.lastStatus === "STOPPED" ? found : undefined;
  });
  if (stopped !== undefined) return stopped;
  throw new ServiceError(
    `task ${id} has not stopped after ${work.timeoutMinutes} minutes\n${goesOn}\nthis command does not stop it, since it may be changing data: aws ecs stop-task --cluster ${task.cluster} --task ${id}`,
  );
}

async function start(ecs: ECSClient, task: OneOffTask): Promise<string> {
  const { tasks, failures } = await aws("ecs:RunTask", task.revision, () =>
    ecs.send(new RunTaskCommand({ ...runTaskInput(task), clientToken: randomUUID() })),
  );
  const arn = tasks?.[0]?.taskArn;
  if (arn !== undefined) return arn;
  const [failure] = failures ?? [];
  throw new ServiceError(
    `ecs:RunTask of ${task.revision} failed: ${failure?.reason ?? "no answer"}${failure?.detail === undefined ? "" : `: ${failure.detail}`}`,
  );
}

/** ECS may not know yet of a task that it has just started. */
async function describe(ecs: ECSClient, cluster: string, arn: string): Promise<z.infer<typeof TASK> | undefined> {
  const { tasks } = await aws("ecs:DescribeTasks", arn, () =>
    ecs.send(new DescribeTasksCommand({ cluster, tasks: [arn] })),
  );
  return tasks?.[0] === undefined ? undefined : TASK.parse(tasks[0]);
}

/**
 * Why the task did not do its work; undefined if it did: its container ended by itself, with 0.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
 */
export function taskFailure(
  { stopCode, stoppedReason, containers }: StoppedTask,
  container: string,
): string | undefined {
  const own = containers.find(({ name }) => name === container);
  if (own?.exitCode === 0 && stopCode === "EssentialContainerExited") return undefined;
  const exit = own?.exitCode === undefined ? "never ran to an exit code" : `ended with exit code ${own.exitCode}`;
  const others = containers.flatMap(({ name, exitCode }) =>
    name !== container && exitCode !== undefined && exitCode !== 0 ? [`container ${name} ended with ${exitCode}`] : [],
  );
  const reasons = [own?.reason, stoppedReason, stopCode, ...others].filter((one) => one !== undefined && one !== "");
  return `container ${container} ${exit}: ${reasons.join("; ") || "ECS gives no reason"}`;
}
