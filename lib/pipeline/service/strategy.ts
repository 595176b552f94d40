/** Selects the strategy by the service's deployment controller; the options have to match it. */
import { CodeDeployClient } from "@aws-sdk/client-codedeploy";
import type { ECSClient } from "@aws-sdk/client-ecs";
import { InputError } from "../../common/errors";
import { readAppspec } from "./appspec";
import { placeName, type Service, type ServicePlace } from "./ecs-service";
import type { Mover } from "./mover";
import { rolling } from "./rolling";
import { shifting } from "./shifting";
import type { Work } from "./waiting";

/** Options of the command line: all of them, or none. */
export interface CodeDeployOptions {
  readonly appspec?: string;
  readonly application?: string;
  readonly deploymentGroup?: string;
}

/** @param direction alarms do not stop a rollback, nor a deployment to a service without running tasks @throws InputError */
export function strategyOf(
  ecs: ECSClient,
  place: ServicePlace,
  { controller, isIdle }: Service,
  { appspec, application, deploymentGroup }: CodeDeployOptions,
  work: Work,
  direction: "forward" | "back",
): Mover {
  const given = Object.entries({
    "--appspec": appspec,
    "--application": application,
    "--deployment-group": deploymentGroup,
  });
  const passed = given.filter(([, value]) => value !== undefined).map(([name]) => name);
  if (controller === "ECS" && passed.length === 0) return rolling(ecs, place, work);
  if (
    controller === "CODE_DEPLOY" &&
    appspec !== undefined &&
    application !== undefined &&
    deploymentGroup !== undefined
  ) {
    const alarms = direction === "back" || isIdle ? "ignored" : "asked";
    const target = { appspec: readAppspec(appspec), application, deploymentGroup, alarms } as const;
    return shifting({ codeDeploy: new CodeDeployClient(), ecs }, place, target, work);
  }
  const allowed =
    controller === "ECS"
      ? "none of these options, since ECS deploys the service"
      : "--appspec, --application and --deployment-group, since CodeDeploy deploys the service";
  throw new InputError(placeName(place), [`got ${passed.join(", ") || "none of these options"}; allowed: ${allowed}`]);
}
