/** Deploys an image to a service: registers a revision with it, deploys it, and rolls back a failed deployment. */
import { ECSClient } from "@aws-sdk/client-ecs";
import { placeName, readService, type ServicePlace } from "./ecs-service";
import { readImage } from "./image";
import {
  containerOf,
  familyOf,
  numberOf,
  type Revision,
  readRevision,
  register,
  revisionName,
  withImage,
} from "./revision";
import { type CodeDeployOptions, strategyOf } from "./strategy";
import type { Work } from "./waiting";

export interface DeployRequest extends ServicePlace, CodeDeployOptions {
  readonly image: string;
  readonly container?: string;
}

/**
 * The revision is made from the newest one of the family, so that changes by Terraform in the meantime take effect.
 * @throws InputError @throws ServiceError
 */
export async function deploy(request: DeployRequest, work: Work): Promise<void> {
  const image = readImage(request.image);
  const ecs = new ECSClient();
  const service = await readService(ecs, request);
  const strategy = strategyOf(ecs, request, service, request, work, "forward");
  const newest = await readRevision(ecs, familyOf(service.runs));
  const { name: container } = containerOf(newest, request.container);
  const next = withImage(newest, image, container);
  const to = next === undefined ? newest.arn : await register(ecs, next);
  work.report(`old: ${revisionName(service.runs)}`);
  work.report(`new: ${revisionName(to)}, ${origin(newest, container, next === undefined)}`);
  if (service.runs === to && service.latest === to) {
    work.report(`${placeName(request)} already runs ${revisionName(to)}`);
    return;
  }
  work.report(
    `back: groundplan rollback service --cluster ${request.cluster} --service ${request.service} --to ${numberOf(service.runs)}`,
  );
  await strategy.move(to, service.runs);
  work.report(`${placeName(request)} runs ${revisionName(to)}`);
}

function origin(newest: Revision, container: string, isSame: boolean): string {
  return isSame
    ? "which has this image already"
    : `which is ${revisionName(newest.arn)} with another image in ${container}`;
}
