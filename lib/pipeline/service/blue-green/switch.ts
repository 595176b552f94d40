/** Moves the requests to the idle colour, watches alarms, and moves them back if an alarm is on. */
import { ApplicationAutoScalingClient } from "@aws-sdk/client-application-auto-scaling";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { ECSClient } from "@aws-sdk/client-ecs";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { Route53Client } from "@aws-sdk/client-route-53";
import { placeName, primaryOf, readService } from "../ecs-service";
import { ServiceError } from "../failure";
import { versionOf } from "../function";
import { readImage } from "../image";
import { containerOf, readRevision } from "../revision";
import { type Work, wait } from "../waiting";
import { alarmsOn } from "./alarms";
import { awaitCapacity, capacityOf, completedDeployment, raise } from "./capacity";
import { type Colours, optionsOf, serviceOf } from "./colours";
import { moveRequests, readOrigin, requireColour, type WeightedOrigin } from "./origin";
import { setScaleIn } from "./scale-in";
import { type Get, smokeTest } from "./smoke-test";

/** What a colour has to run before it gets requests: another deployment may have replaced it since it was tested. */
export interface Artifact {
  readonly image: string;
  readonly container?: string;
  /** Given exactly if the colours have a function. */
  readonly functionVersion?: string;
}

export interface SwitchBack extends Colours, Artifact {
  /** The colour that is to get the requests. */
  readonly to: string;
  /** Path of the health. */
  readonly path: string;
}

export interface Switch extends SwitchBack {
  /** Names of the alarms. */
  readonly alarms: readonly string[];
  readonly watchMinutes: number;
}

interface Clients {
  readonly route53: Route53Client;
  readonly ecs: ECSClient;
  readonly lambda: LambdaClient;
  readonly autoScaling: ApplicationAutoScalingClient;
  readonly cloudWatch: CloudWatchClient;
  readonly get: Get;
}

export function clientsWith(get: Get): Clients {
  return {
    route53: new Route53Client(),
    ecs: new ECSClient(),
    lambda: new LambdaClient(),
    autoScaling: new ApplicationAutoScalingClient(),
    cloudWatch: new CloudWatchClient(),
    get,
  };
}

/**
 * Can be repeated: if the colour gets the requests already, only the alarms are watched.
 * @throws InputError @throws ServiceError if nothing was moved, or an alarm moved the requests back
 */
export async function switchTo(request: Switch, clients: Clients, work: Work): Promise<void> {
  const { to, alarms } = request;
  readImage(request.image);
  const origin = await readOrigin(clients.route53, request);
  requireColour(origin, to);
  const on = await alarmsOn(clients.cloudWatch, alarms);
  await requireArtifact(request, clients, to);
  if (to === origin.active.name) {
    work.report(`${origin.name}: ${to} gets the requests already`);
  } else {
    if (on.length > 0) throw new ServiceError(`nothing was changed: alarms are on: ${on.join(", ")}`);
    await move(request, clients, origin, work, unwatched(request));
  }
  await watchAlarms(request, clients, work);
  await setScaleIn(clients.autoScaling, request, namesOf(origin), "active", work);
  work.report(`${origin.name}: ${to} keeps the requests`);
}

/** Can be repeated. Alarms are not asked. @throws InputError @throws ServiceError */
export async function switchBack(request: SwitchBack, clients: Clients, work: Work): Promise<void> {
  const { to } = request;
  readImage(request.image);
  const origin = await readOrigin(clients.route53, request);
  requireColour(origin, to);
  if (to === origin.active.name) work.report(`${origin.name}: ${to} gets the requests already`);
  else {
    await requireArtifact(request, clients, to);
    await move(request, clients, origin, work, `the requests are moved to ${to}`);
  }
  await setScaleIn(clients.autoScaling, request, namesOf(origin), "active", work);
}

function namesOf({ active, idle }: WeightedOrigin): string[] {
  return [active.name, idle.name];
}

/** The idle colour first gets the capacity of the active one. */
async function move(
  request: SwitchBack,
  clients: Clients,
  origin: WeightedOrigin,
  work: Work,
  goesOn: string,
): Promise<void> {
  const { to } = request;
  work.report(`back: ${await wayBack(request, clients, origin.active.name)}`);
  await setScaleIn(clients.autoScaling, request, namesOf(origin), "suspended", work);
  try {
    const least = await capacityOf(clients, request, origin.active.name);
    await raise(clients, request, to, least, work);
    await awaitCapacity(clients, request, to, least, work);
    await smokeTest(request, to, request.path, clients.get, work);
    await moveRequests(clients.route53, origin, work, goesOn);
  } catch (error) {
    await setScaleIn(clients.autoScaling, request, namesOf(origin), "active", work);
    throw error;
  }
}

/** @throws ServiceError if the colour runs another artifact */
async function requireArtifact(request: SwitchBack, clients: Clients, colour: string): Promise<void> {
  const { image, functionVersion } = await artifactOf(request, clients, colour);
  const problems = [
    ...(image === request.image
      ? []
      : [`${placeName(serviceOf(request, colour))}: got ${image}; allowed: ${request.image}`]),
    ...(functionVersion === request.functionVersion
      ? []
      : [`${request.function}:${colour}: got version ${functionVersion}; allowed: ${request.functionVersion}`]),
  ];
  if (problems.length === 0) return;
  throw new ServiceError([`nothing was changed: ${colour} runs another artifact`, ...problems].join("\n  "));
}

async function artifactOf(request: SwitchBack, { ecs, lambda }: Clients, colour: string) {
  const { runs } = await readService(ecs, serviceOf(request, colour));
  const { image } = containerOf(await readRevision(ecs, runs), request.container);
  const functionVersion =
    request.function === undefined ? undefined : await versionOf(lambda, { function: request.function, name: colour });
  return { image, functionVersion };
}

async function wayBack(request: SwitchBack, clients: Clients, colour: string): Promise<string> {
  const { image, functionVersion } = await artifactOf(request, clients, colour);
  const container = request.container === undefined ? "" : ` --container ${request.container}`;
  const version = functionVersion === undefined ? "" : ` --function-version ${functionVersion}`;
  return `groundplan blue-green back ${optionsOf(request)} --to ${colour} --image ${image}${container}${version} --path ${request.path}`;
}

function unwatched({ to, domain }: Switch): string {
  return `origin.${domain} answers with ${to}, and nobody watches its alarms: repeat this command to watch them, or go back`;
}

/** @throws ServiceError if an alarm moved the requests back */
async function watchAlarms(request: Switch, clients: Clients, work: Work): Promise<void> {
  const { to, alarms, watchMinutes } = request;
  work.report(`watching for ${watchMinutes} minutes: ${alarms.join(", ")}`);
  const patience = { clock: work.clock, minutes: watchMinutes, goesOn: unwatched(request) };
  const on = await wait(patience, async () => {
    const found = await alarmsOn(clients.cloudWatch, alarms);
    return found.length > 0 ? found : undefined;
  });
  if (on === undefined) return;
  const reason = `alarms are on: ${on.join(", ")}`;
  work.report(reason);
  const origin = await readOrigin(clients.route53, request);
  if (origin.active.name !== to) {
    throw new ServiceError(`${reason}\n${origin.active.name} gets the requests already, by another change`);
  }
  await requireFormer(request, clients, origin, reason);
  await moveRequests(clients.route53, origin, work, `the requests are moved back to ${origin.idle.name}`);
  // Its tasks are those from before the switch, as scale-in was suspended; requests may have grown since then.
  await raise(clients, request, origin.idle.name, await capacityOf(clients, request, to), work);
  await setScaleIn(clients.autoScaling, request, namesOf(origin), "active", work);
  throw new ServiceError(`${reason}\nthe requests were moved back: ${origin.idle.name} gets them`);
}

/**
 * After an interruption, the idle colour may have the next release, which nobody has approved.
 * @throws ServiceError if it was deployed after the colour that gets the requests
 */
async function requireFormer(
  request: Switch,
  { ecs }: Clients,
  { active, idle }: WeightedOrigin,
  reason: string,
): Promise<void> {
  const current = primaryOf((await readService(ecs, serviceOf(request, active.name))).deployments);
  const former = await completedDeployment(ecs, request, idle.name);
  if (current !== undefined && former.createdAt <= current.createdAt) return;
  throw new ServiceError(
    `${reason}\nnothing was changed: ${idle.name} was deployed after ${active.name}, so that it does not run the former release`,
  );
}
