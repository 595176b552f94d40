/** Deploys an earlier revision of a service. */
import { type ECSClient, ECSClient as Ecs, ListTaskDefinitionsCommand } from "@aws-sdk/client-ecs";
import { InputError } from "../../common/errors";
import { placeName, readService, type Service, type ServicePlace } from "./ecs-service";
import { aws, ServiceError } from "./failure";
import { isByDigest } from "./image";
import { familyOf, numberOf, type Revision, readRevision, requireActive, revisionName } from "./revision";
import { type CodeDeployOptions, strategyOf } from "./strategy";
import type { Work } from "./waiting";

export interface ServiceRollback extends ServicePlace, CodeDeployOptions {
  /** Number of a revision of the family; default: the revision before the running one. */
  readonly to?: number;
  readonly dryRun?: true;
}

/** @throws InputError @throws ServiceError */
export async function rollbackService(request: ServiceRollback, work: Work): Promise<void> {
  const ecs = new Ecs();
  const service = await readService(ecs, request);
  const strategy = strategyOf(ecs, request, service, request, work, "back");
  const family = familyOf(service.runs);
  const to =
    request.to === undefined ? await former(ecs, service, work) : await readRevision(ecs, `${family}:${request.to}`);
  if (to.arn === service.latest) {
    throw new InputError("--to", [
      `got ${revisionName(to.arn)}, which ${placeName(request)} already runs; allowed: another revision`,
    ]);
  }
  requireActive(to);
  work.report(`from: ${described(await readRevision(ecs, service.latest))}`);
  work.report(`to: ${described(to)}`);
  if (request.dryRun) {
    const { operation, input } = strategy.call(to.arn);
    work.report(`would call ${operation}: ${JSON.stringify(input)}`);
    work.report("dry run: nothing was changed");
    return;
  }
  await strategy.move(to.arn);
  work.report(`${placeName(request)} runs ${revisionName(to.arn)}`);
}

/**
 * The previous revision. During a deployment this is the running revision; otherwise it is the last active revision before
 * that a pipeline registered: only these have an image by digest.
 */
async function former(ecs: ECSClient, { runs, latest }: Service, work: Work): Promise<Revision> {
  if (runs !== latest) return readRevision(ecs, runs);
  for (const arn of (await activeRevisions(ecs, familyOf(runs))).filter((one) => numberOf(one) < numberOf(runs))) {
    const revision = await readRevision(ecs, arn);
    if (imagesOf(revision).some(isByDigest)) return revision;
    work.report(`skipped: ${revisionName(arn)}, which has no image by digest, so no pipeline deployed it`);
  }
  throw new ServiceError(
    `no active revision before ${revisionName(runs)} was deployed by a pipeline; name one: --to <number>`,
  );
}

/** Newest first. */
async function activeRevisions(ecs: ECSClient, familyPrefix: string): Promise<string[]> {
  const arns: string[] = [];
  for (let nextToken: string | undefined, more = true; more; more = nextToken !== undefined) {
    const page = await aws("ecs:ListTaskDefinitions", familyPrefix, () =>
      ecs.send(new ListTaskDefinitionsCommand({ familyPrefix, status: "ACTIVE", sort: "DESC", nextToken })),
    );
    arns.push(...(page.taskDefinitionArns ?? []));
    nextToken = page.nextToken;
  }
  return arns;
}

function described({ arn, definition, ...rest }: Revision): string {
  const { registeredAt, registeredBy } = definition;
  const when = `${registeredAt === undefined ? "" : `, of ${registeredAt.toISOString()}`}${registeredBy === undefined ? "" : ` by ${revisionName(registeredBy)}`}`;
  return `${revisionName(arn)}${when}: ${imagesOf({ arn, definition, ...rest }).join(", ")}`;
}

function imagesOf({ definition }: Revision): string[] {
  return (definition.containerDefinitions ?? []).flatMap(({ image }) => (image === undefined ? [] : [image]));
}
