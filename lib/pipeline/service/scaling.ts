/** The bounds of automatic scaling, changed by hand: of the tasks of a service, or of the provisioned concurrency of an alias. */
import {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
  RegisterScalableTargetCommand,
  type ScalableTarget,
} from "@aws-sdk/client-application-auto-scaling";
import { InputError } from "../../common/errors";
import type { ServicePlace } from "./ecs-service";
import { aws, ServiceError } from "./failure";
import type { Alias } from "./function";
import type { Work } from "./waiting";

export interface Bounds {
  readonly min: number;
  readonly max: number;
}

export interface Scaling extends Bounds {
  readonly dryRun?: true;
}

/**
 * AWS moves the capacity into the new bounds at once.
 * @see https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html
 * @throws InputError @throws ServiceError
 */
export async function scaleTasks(request: ServicePlace & Scaling, work: Pick<Work, "report">): Promise<void> {
  const { cluster, service } = request;
  const back = `service --cluster ${cluster} --service ${service}`;
  await scale({ namespace: "ecs", id: `service/${cluster}/${service}`, unit: "tasks", back }, request, work);
}

/** The same for the provisioned concurrency of an alias. */
export async function scaleAlias(request: Alias & Scaling, work: Pick<Work, "report">): Promise<void> {
  const { function: lambda, name } = request;
  const back = `function --function ${lambda} --alias ${name}`;
  await scale(
    { namespace: "lambda", id: `function:${lambda}:${name}`, unit: "provisioned executions", back },
    request,
    work,
  );
}

interface Target {
  readonly namespace: "ecs" | "lambda";
  readonly id: string;
  readonly unit: string;
  /** Arguments of the command, without the bounds. */
  readonly back: string;
}

async function scale(
  { namespace, id, unit, back }: Target,
  { min, max, dryRun }: Scaling,
  work: Pick<Work, "report">,
): Promise<void> {
  if (min > max) throw new InputError("--min", [`got ${min}, with --max ${max}; allowed: at most --max`]);
  const client = new ApplicationAutoScalingClient();
  const { MinCapacity, MaxCapacity, ScalableDimension } = await read(client, namespace, id);
  work.report(`${id}: ${MinCapacity} to ${MaxCapacity} ${unit} become ${min} to ${max}`);
  const input = { ServiceNamespace: namespace, ResourceId: id, ScalableDimension, MinCapacity: min, MaxCapacity: max };
  if (dryRun) {
    work.report(`would call application-autoscaling:RegisterScalableTarget: ${JSON.stringify(input)}`);
    work.report("dry run: nothing was changed");
    return;
  }
  await aws("application-autoscaling:RegisterScalableTarget", id, () =>
    client.send(new RegisterScalableTargetCommand(input)),
  );
  work.report(`back: groundplan scale ${back} --min ${MinCapacity} --max ${MaxCapacity}`);
  work.report(
    "The next apply of the environment restores the bounds of its data: change them there if these should stay.",
  );
}

async function read(
  client: ApplicationAutoScalingClient,
  namespace: Target["namespace"],
  id: string,
): Promise<ScalableTarget> {
  const { ScalableTargets = [] } = await aws("application-autoscaling:DescribeScalableTargets", id, () =>
    client.send(new DescribeScalableTargetsCommand({ ServiceNamespace: namespace, ResourceIds: [id] })),
  );
  const [target] = ScalableTargets;
  if (target !== undefined) return target;
  throw new ServiceError(`${id}: got no automatic scaling; allowed: a service or an alias with automatic scaling`);
}
