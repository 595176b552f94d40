/**
 * Scale-in of both colours. It is suspended while requests move: the idle colour has no requests, so that Application Auto Scaling
 * would take away the tasks that it is given for the switch, and the former colour keeps its tasks for the way back.
 */
import {
  type ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
  RegisterScalableTargetCommand,
  type ScalableTarget,
} from "@aws-sdk/client-application-auto-scaling";
import { aws } from "../failure";
import type { Work } from "../waiting";
import { type Colours, serviceOf } from "./colours";

/**
 * Terraform manages no suspension, so that an apply leaves it. Targets keep their bounds.
 * @see https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-suspend-resume-scaling.html
 */
export async function setScaleIn(
  autoScaling: ApplicationAutoScalingClient,
  colours: Colours,
  names: readonly string[],
  state: "suspended" | "active",
  work: Work,
): Promise<void> {
  const suspended = state === "suspended";
  for (const target of await targetsOf(autoScaling, colours, names)) {
    if ((target.SuspendedState?.DynamicScalingInSuspended ?? false) === suspended) continue;
    await aws("application-autoscaling:RegisterScalableTarget", String(target.ResourceId), () =>
      autoScaling.send(
        new RegisterScalableTargetCommand({
          ServiceNamespace: target.ServiceNamespace,
          ResourceId: target.ResourceId,
          ScalableDimension: target.ScalableDimension,
          SuspendedState: { ...target.SuspendedState, DynamicScalingInSuspended: suspended },
        }),
      ),
    );
    work.report(`${target.ResourceId}: scale-in is ${state}`);
  }
}

/** A service or an alias without automatic scaling has no target. */
async function targetsOf(
  autoScaling: ApplicationAutoScalingClient,
  colours: Colours,
  names: readonly string[],
): Promise<ScalableTarget[]> {
  const services = names.map((colour) => {
    const { cluster, service } = serviceOf(colours, colour);
    return `service/${cluster}/${service}`;
  });
  const aliases = colours.function === undefined ? [] : names.map((colour) => `function:${colours.function}:${colour}`);
  const asked = [
    ["ecs", services],
    ["lambda", aliases],
  ] as const;
  const found: ScalableTarget[] = [];
  for (const [ServiceNamespace, ResourceIds] of asked.filter(([, ids]) => ids.length > 0)) {
    const { ScalableTargets } = await aws(
      "application-autoscaling:DescribeScalableTargets",
      ResourceIds.join(", "),
      () => autoScaling.send(new DescribeScalableTargetsCommand({ ServiceNamespace, ResourceIds: [...ResourceIds] })),
    );
    found.push(...(ScalableTargets ?? []));
  }
  return found;
}
