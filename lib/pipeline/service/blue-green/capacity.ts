/** The capacity of a colour: the tasks of its service, and the provisioned concurrency of its alias. */
import { type ECSClient, UpdateServiceCommand } from "@aws-sdk/client-ecs";
import { type LambdaClient, PutProvisionedConcurrencyConfigCommand } from "@aws-sdk/client-lambda";
import { type Deployment, placeName, primaryOf, readService } from "../ecs-service";
import { aws, ServiceError } from "../failure";
import { awaitProvisioned, nameOf, provisionedOf } from "../function";
import { revisionName } from "../revision";
import { onChange, type Work, wait } from "../waiting";
import { type Colours, serviceOf } from "./colours";

export interface Capacity {
  readonly tasks: number;
  readonly provisioned: number;
}

export interface Runtimes {
  readonly ecs: ECSClient;
  readonly lambda: LambdaClient;
}

/** What is requested for a colour, ready or not. @throws AwsError @throws ServiceError */
export async function capacityOf({ ecs, lambda }: Runtimes, colours: Colours, colour: string): Promise<Capacity> {
  const service = await readService(ecs, serviceOf(colours, colour));
  const desiredCount = primaryOf(service.deployments)?.desiredCount ?? 0;
  const provisioned =
    colours.function === undefined ? 0 : await provisionedOf(lambda, { function: colours.function, name: colour });
  return { tasks: desiredCount, provisioned };
}

/** Requests at least this capacity, without waiting for it. A larger one stays. @throws ServiceError if nothing is deployed */
export async function raise(
  runtimes: Runtimes,
  colours: Colours,
  colour: string,
  least: Capacity,
  work: Work,
): Promise<void> {
  const { ecs, lambda } = runtimes;
  await completedDeployment(ecs, colours, colour);
  const now = await capacityOf(runtimes, colours, colour);
  const place = serviceOf(colours, colour);
  if (now.tasks < least.tasks) {
    work.report(`${placeName(place)}: ${now.tasks} tasks become ${least.tasks}`);
    await aws("ecs:UpdateService", placeName(place), () =>
      ecs.send(new UpdateServiceCommand({ ...place, desiredCount: least.tasks })),
    );
  }
  if (colours.function !== undefined && now.provisioned < least.provisioned) {
    const alias = { function: colours.function, name: colour };
    work.report(`${nameOf(alias)}: provisioned concurrency ${now.provisioned} becomes ${least.provisioned}`);
    await aws("lambda:PutProvisionedConcurrencyConfig", nameOf(alias), () =>
      lambda.send(
        new PutProvisionedConcurrencyConfigCommand({
          FunctionName: alias.function,
          Qualifier: alias.name,
          ProvisionedConcurrentExecutions: least.provisioned,
        }),
      ),
    );
  }
}

/** Waits until at least this capacity is there. @throws ServiceError if it is not in time */
export async function awaitCapacity(
  { ecs, lambda }: Runtimes,
  colours: Colours,
  colour: string,
  least: Capacity,
  work: Work,
): Promise<void> {
  const name = placeName(serviceOf(colours, colour));
  const report = onChange(work.report);
  const goesOn = `ECS continues to start tasks of ${name}`;
  const end = await wait({ clock: work.clock, minutes: work.timeoutMinutes, goesOn }, async () => {
    const { desiredCount, runningCount } = await completedDeployment(ecs, colours, colour);
    report(`${name}: ${runningCount} of ${desiredCount} tasks run`);
    return (desiredCount >= least.tasks && runningCount >= desiredCount) || undefined;
  });
  if (end === undefined) {
    throw new ServiceError(`${name} has fewer than ${least.tasks} running tasks after ${work.timeoutMinutes} minutes`);
  }
  if (colours.function !== undefined) {
    await awaitProvisioned(lambda, { function: colours.function, name: colour }, least.provisioned, work);
  }
}

/** The deployment whose tasks a colour has. @throws ServiceError if it is not completed, or none of its tasks is requested */
export async function completedDeployment(ecs: ECSClient, colours: Colours, colour: string): Promise<Deployment> {
  const place = serviceOf(colours, colour);
  const { deployments, runs, latest } = await readService(ecs, place);
  const deployment = primaryOf(deployments);
  if (deployment !== undefined && runs === latest && deployment.desiredCount > 0) return deployment;
  throw new ServiceError(
    `${placeName(place)} runs ${deployment?.desiredCount ?? 0} tasks of ${revisionName(runs)}, and its last deployment is to ${revisionName(latest)}; allowed: tasks, and a completed deployment`,
  );
}
