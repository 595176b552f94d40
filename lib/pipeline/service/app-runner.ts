/** Deploys an image to a service of App Runner, which rolls an update back if the new instances fail their health checks. */
import { ECSClient } from "@aws-sdk/client-ecs";
import { z } from "zod";
import { ServiceError } from "./failure";
import { isByDigest, readImage } from "./image";
import { type JsonService, signedCall } from "./signed-call";
import { onChange, type Work, wait } from "./waiting";

export interface AppRunnerRequest {
  readonly service: string;
  readonly image: string;
  readonly dryRun?: true;
}

/** @throws InputError @throws ServiceError */
export async function deployToAppRunner(request: AppRunnerRequest, work: Work): Promise<void> {
  const image = readImage(request.image);
  /** Any client has the credentials and the region. */
  const client = new ECSClient();
  const service = await readService(client, await findService(client, request.service));
  if (service.Status !== "RUNNING") {
    throw new ServiceError(`${request.service} is ${service.Status}; allowed: a service that is RUNNING`);
  }
  const former = imageOf(service);
  work.report(`old: ${former}`);
  work.report(`new: ${image}`);
  if (former === image) {
    work.report(`${request.service} already runs ${image}`);
    return;
  }
  work.report(`back: ${wayBack(request.service, former)}`);
  const update = updateOf(service, image);
  if (request.dryRun) {
    work.report(`would call apprunner:UpdateService: ${JSON.stringify(update)}`);
    work.report("dry run: nothing was changed");
    return;
  }
  const { OperationId: operation } = OPERATION.parse(await call(client, "UpdateService", request.service, update));
  const end = await watch(client, { ...request, arn: service.ServiceArn, operation }, work);
  const now = await readService(client, service.ServiceArn);
  const failure = problemOf(end, image, now, work);
  if (failure !== undefined) {
    throw new ServiceError(`${request.service}: ${failure}\n${request.service} runs ${imageOf(now)}`);
  }
  work.report(`${request.service} runs ${image}`);
}

const APP_RUNNER: JsonService = {
  prefix: "apprunner",
  target: "AppRunner",
  contentType: "application/x-amz-json-1.0",
  endpointVariable: "AWS_ENDPOINT_URL_APPRUNNER",
};

function call(client: ECSClient, operation: string, what: string, input: object): Promise<unknown> {
  return signedCall(client, APP_RUNNER, operation, what, input);
}

const OPERATION = z.object({ OperationId: z.string() });
const OPERATIONS = z.object({ OperationSummaryList: z.array(z.object({ Id: z.string(), Status: z.string() })) });
const SERVICES = z.object({
  ServiceSummaryList: z.array(z.object({ ServiceName: z.string(), ServiceArn: z.string() })),
  NextToken: z.string().optional(),
});

const SERVICE = z.object({
  ServiceArn: z.string(),
  Status: z.string(),
  SourceConfiguration: z.looseObject({ ImageRepository: z.looseObject({ ImageIdentifier: z.string() }) }),
});
type Service = z.infer<typeof SERVICE>;

/** The ARN has an id that nobody knows before the service exists. @throws ServiceError if there is no service of the name */
async function findService(client: ECSClient, name: string): Promise<string> {
  for (let NextToken: string | undefined, more = true; more; more = NextToken !== undefined) {
    const page = SERVICES.parse(await call(client, "ListServices", name, { NextToken }));
    const found = page.ServiceSummaryList.find(({ ServiceName }) => ServiceName === name);
    if (found !== undefined) return found.ServiceArn;
    NextToken = page.NextToken;
  }
  throw new ServiceError(
    `apprunner:ListServices: got no service ${name}; allowed: a service of this account and region`,
  );
}

async function readService(client: ECSClient, arn: string): Promise<Service> {
  const answer = await call(client, "DescribeService", arn, { ServiceArn: arn });
  const service = z.object({ Service: SERVICE }).safeParse(answer);
  if (service.success) return service.data.Service;
  throw new ServiceError(`apprunner:DescribeService of ${arn}: got no image; allowed: a service that runs an image`);
}

function imageOf({ SourceConfiguration }: Service): string {
  return SourceConfiguration.ImageRepository.ImageIdentifier;
}

/** An update of the source replaces all of it, so that it repeats the variables and the role. */
function updateOf({ ServiceArn, SourceConfiguration }: Service, image: string) {
  const ImageRepository = {
    ...SourceConfiguration.ImageRepository,
    ImageIdentifier: image,
    ImageRepositoryType: "ECR",
  } as const;
  return { ServiceArn, SourceConfiguration: { ...SourceConfiguration, ImageRepository } };
}

function wayBack(service: string, former: string): string {
  return isByDigest(former)
    ? `groundplan rollback service --service ${service} --image ${former}`
    : "none, since no pipeline deployed the old image";
}

interface Operation {
  readonly service: string;
  readonly arn: string;
  readonly operation: string;
}

/** The state in which the operation ended; undefined after the timeout. */
function watch(client: ECSClient, { service, arn, operation }: Operation, work: Work): Promise<string | undefined> {
  const report = onChange(work.report);
  const goesOn = `App Runner continues operation ${operation} without this command: aws apprunner list-operations --service-arn ${arn}`;
  return wait({ clock: work.clock, minutes: work.timeoutMinutes, goesOn }, async () => {
    const { OperationSummaryList } = OPERATIONS.parse(
      await call(client, "ListOperations", service, { ServiceArn: arn, MaxResults: 20 }),
    );
    const state = OperationSummaryList.find(({ Id }) => Id === operation)?.Status;
    if (state !== undefined) report(`${operation}: ${state}`);
    return state === undefined || GOING_ON.includes(state) ? undefined : state;
  });
}

/** @see https://docs.aws.amazon.com/apprunner/latest/api/API_OperationSummary.html */
const GOING_ON: readonly string[] = ["PENDING", "IN_PROGRESS", "ROLLBACK_IN_PROGRESS"];

/** Undefined if the service runs the image and is healthy: App Runner checks the health before an update succeeds. */
function problemOf(end: string | undefined, image: string, now: Service, { timeoutMinutes }: Work): string | undefined {
  if (end === undefined) {
    return `${image} did not finish within ${timeoutMinutes} minutes; App Runner cannot stop the update, and continues it`;
  }
  if (end === "ROLLBACK_SUCCEEDED") return `${image} failed, and App Runner rolled back`;
  if (end !== "SUCCEEDED") return `${image} ended as ${end}`;
  return now.Status === "RUNNING" && imageOf(now) === image
    ? undefined
    : `${image} succeeded, and the service is ${now.Status}`;
}
