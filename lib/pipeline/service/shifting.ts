/** Deployments by CodeDeploy: new tasks run beside the old ones, and requests move to the new tasks. */
import { type CodeDeployClient, CreateDeploymentCommand, StopDeploymentCommand } from "@aws-sdk/client-codedeploy";
import type { ECSClient } from "@aws-sdk/client-ecs";
import { z } from "zod";
import { appspecFor } from "./appspec";
import { type EndedShift, watchShift } from "./codedeploy";
import { placeName, readService, type ServicePlace } from "./ecs-service";
import { aws, ServiceError } from "./failure";
import type { Mover } from "./mover";
import { revisionName } from "./revision";
import type { Work } from "./waiting";

export interface ShiftTarget {
  readonly application: string;
  readonly deploymentGroup: string;
  readonly appspec: string;
  /** Whether an alarm that is on stops the deployment. */
  readonly alarms: "asked" | "ignored";
}

export function shifting(
  { codeDeploy, ecs }: { readonly codeDeploy: CodeDeployClient; readonly ecs: ECSClient },
  place: ServicePlace,
  target: ShiftTarget,
  work: Work,
): Mover {
  return {
    call: (to) => ({ operation: "codedeploy:CreateDeployment", input: deploymentOf(target, to) }),
    async move(to, former) {
      const id = await begin(codeDeploy, target, to);
      work.report(
        `${id}: CodeDeploy begins with ${revisionName(to)}${target.alarms === "ignored" ? ", whatever alarms are on" : ""}`,
      );
      const end = await watchShift(codeDeploy, id, work);
      if (end?.status === "Succeeded") return;
      const failure = `${placeName(place)}: ${revisionName(to)} ${inWords(end, id, work)}`;
      if (end === undefined && former === undefined) {
        throw new ServiceError(`${failure}\nit is not stopped, and CodeDeploy continues it`);
      }
      const ended = end ?? (await stop(codeDeploy, id, work));
      const back = ended?.rolledBackBy;
      if (back !== undefined) await watchShift(codeDeploy, back, work);
      const { runs } = await readService(ecs, place);
      throw new ServiceError(
        `${failure}\n${runs === to ? `it was not rolled back: ${placeName(place)} runs ${revisionName(to)}` : `it was rolled back${back === undefined ? "" : ` by ${back}`}: ${placeName(place)} runs ${revisionName(runs)}`}`,
      );
    },
  };
}

/**
 * Without tasks the load balancer answers 503, and its alarm would stop the very deployment that brings the tasks. AWS
 * recommends the same if the alarm of the previous deployment stops a rollback.
 * @see https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_CreateDeployment.html
 */
function deploymentOf({ application, deploymentGroup, appspec, alarms }: ShiftTarget, to: string) {
  return {
    applicationName: application,
    deploymentGroupName: deploymentGroup,
    revision: { revisionType: "AppSpecContent", appSpecContent: { content: appspecFor(appspec, to) } },
    ...(alarms === "ignored" && { overrideAlarmConfiguration: { enabled: false } }),
  } as const;
}

async function begin(codeDeploy: CodeDeployClient, target: ShiftTarget, to: string): Promise<string> {
  const answer = await aws("codedeploy:CreateDeployment", `${target.application}/${target.deploymentGroup}`, () =>
    codeDeploy.send(new CreateDeploymentCommand(deploymentOf(target, to))),
  );
  return z.object({ deploymentId: z.string() }).parse(answer).deploymentId;
}

/** Has CodeDeploy give the requests back to the old tasks; undefined if that takes too long as well. */
async function stop(codeDeploy: CodeDeployClient, id: string, work: Work): Promise<EndedShift | undefined> {
  work.report(`${id}: stopping it, and moving all requests back`);
  await aws("codedeploy:StopDeployment", id, () =>
    codeDeploy.send(new StopDeploymentCommand({ deploymentId: id, autoRollbackEnabled: true })),
  );
  return watchShift(codeDeploy, id, work);
}

function inWords(end: EndedShift | undefined, id: string, { timeoutMinutes }: Work): string {
  return end === undefined
    ? `did not finish within ${timeoutMinutes} minutes plus the wait times of its deployment group (${id})`
    : `${end.status.toLowerCase()} (${id}): ${end.reason}`;
}
