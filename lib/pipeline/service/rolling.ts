/** Rolling deployments by ECS: tasks are replaced a few at a time, and the circuit breaker rolls back failures. */
import { type ECSClient, UpdateServiceCommand } from "@aws-sdk/client-ecs";
import { z } from "zod";
import { DEPLOYMENT, type Deployment, placeName, primaryOf, readService, type ServicePlace } from "./ecs-service";
import { aws, ServiceError } from "./failure";
import type { Mover } from "./mover";
import { revisionName } from "./revision";
import { type Rollout, rolloutOf } from "./rollout";
import { onChange, type Work, wait } from "./waiting";

export function rolling(ecs: ECSClient, place: ServicePlace, work: Work): Mover {
  return {
    call: (to) => ({ operation: "ecs:UpdateService", input: updateOf(place, to) }),
    async move(to, former) {
      const end = await update(ecs, place, to, work);
      if (end?.state === "completed") return;
      const failure = `${placeName(place)}: ${revisionName(to)} ${inWords(end, work)}`;
      if (end?.state === "replaced") throw new ServiceError(failure);
      if (end?.state === "taken back") {
        const back = await watch(ecs, place, end.by, work);
        throw new ServiceError(`${failure}\n${goneBack("the circuit breaker", end.by.taskDefinition, back, work)}`);
      }
      if (former === undefined || former === to) {
        throw new ServiceError(`${failure}\nit is not rolled back, and ECS continues it`);
      }
      work.report(`${revisionName(to)} ${inWords(end, work)}: rolling back to ${revisionName(former)}`);
      const back = await update(ecs, place, former, work);
      throw new ServiceError(`${failure}\n${goneBack("this deployment", former, back, work)}`);
    },
  };
}

function updateOf({ cluster, service }: ServicePlace, taskDefinition: string) {
  return { cluster, service, taskDefinition };
}

/** Deploys the revision; undefined after the timeout. */
async function update(ecs: ECSClient, place: ServicePlace, to: string, work: Work): Promise<Rollout | undefined> {
  const { service } = await aws("ecs:UpdateService", placeName(place), () =>
    ecs.send(new UpdateServiceCommand(updateOf(place, to))),
  );
  const ours = primaryOf(z.array(DEPLOYMENT).parse(service?.deployments ?? []));
  if (ours === undefined) throw new ServiceError(`${placeName(place)}: ECS names no deployment to ${revisionName(to)}`);
  return watch(ecs, place, ours, work);
}

function watch(ecs: ECSClient, place: ServicePlace, ours: Deployment, work: Work): Promise<Rollout | undefined> {
  const report = onChange(work.report);
  const goesOn = `ECS continues deployment ${ours.id} of ${placeName(place)} to ${revisionName(ours.taskDefinition)} without this command: aws ecs describe-services --cluster ${place.cluster} --services ${place.service}`;
  return wait({ clock: work.clock, minutes: work.timeoutMinutes, goesOn }, async () => {
    const { deployments, takesBack } = await readService(ecs, place);
    const now = deployments.find(({ id }) => id === ours.id);
    if (now !== undefined) {
      report(
        `${revisionName(now.taskDefinition)}: ${now.runningCount} of ${now.desiredCount} tasks run, ${now.failedTasks} failed`,
      );
    }
    const rollout = rolloutOf(ours, deployments, takesBack);
    return rollout.state === "goes on" ? undefined : rollout;
  });
}

function inWords(end: Rollout | undefined, { timeoutMinutes }: Work): string {
  if (end === undefined) return `did not finish within ${timeoutMinutes} minutes`;
  if (end.state === "replaced") return `was replaced by another deployment, to ${revisionName(end.by.taskDefinition)}`;
  return end.state === "failed" || end.state === "taken back" ? `failed: ${end.reason}` : end.state;
}

function goneBack(who: string, to: string, back: Rollout | undefined, work: Work): string {
  return back?.state === "completed"
    ? `${who} rolled back to ${revisionName(to)}, which runs`
    : `${who} rolls back to ${revisionName(to)}, which does not run yet: it ${inWords(back, work)}`;
}
