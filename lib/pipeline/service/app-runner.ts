/** Deploys an image to a service of App Runner, which rolls an update back if the new instances fail their health checks. */
import {
  AppRunnerClient,
  DescribeServiceCommand,
  type ImageRepository,
  ListOperationsCommand,
  ListServicesCommand,
  type Service,
  type SourceConfiguration,
  UpdateServiceCommand,
} from "@aws-sdk/client-apprunner";
import { aws, ServiceError } from "./failure";
import { isByDigest, readImage } from "./image";
import { onChange, type Work, wait } from "./waiting";

export interface AppRunnerRequest {
  readonly service: string;
  readonly image: string;
  readonly dryRun?: true;
}

/** @throws InputError @throws ServiceError */
export async function deployToAppRunner(request: AppRunnerRequest, work: Work): Promise<void> {
  const image = readImage(request.image);
  const client = new AppRunnerClient();
  const service = await readService(client, await findService(client, request.service));
  if (service.status !== "RUNNING") {
    throw new ServiceError(`${request.service} is ${service.status}; allowed: a service that is RUNNING`);
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
  const { OperationId: operation = "" } = await aws("apprunner:UpdateService", request.service, () =>
    client.send(new UpdateServiceCommand(update)),
  );
  const end = await watch(client, { ...request, arn: service.arn, operation }, work);
  const now = await readService(client, service.arn);
  const failure = problemOf(end, image, now, work);
  if (failure !== undefined) {
    throw new ServiceError(`${request.service}: ${failure}\n${request.service} runs ${imageOf(now)}`);
  }
  work.report(`${request.service} runs ${image}`);
}

/** A service that runs an image. */
interface ImageService {
  readonly arn: string;
  readonly status: Service["Status"];
  readonly source: SourceConfiguration & { readonly ImageRepository: ImageRepository };
}

/** The ARN has an id that nobody knows before the service exists. @throws ServiceError if there is no service of the name */
async function findService(client: AppRunnerClient, name: string): Promise<string> {
  for (let NextToken: string | undefined, more = true; more; more = NextToken !== undefined) {
    const page = await aws("apprunner:ListServices", name, () => client.send(new ListServicesCommand({ NextToken })));
    const found = page.ServiceSummaryList?.find(({ ServiceName }) => ServiceName === name);
    if (found?.ServiceArn !== undefined) return found.ServiceArn;
    NextToken = page.NextToken;
  }
  throw new ServiceError(
    `apprunner:ListServices: got no service ${name}; allowed: a service of this account and region`,
  );
}

async function readService(client: AppRunnerClient, arn: string): Promise<ImageService> {
  const { Service } = await aws("apprunner:DescribeService", arn, () =>
    client.send(new DescribeServiceCommand({ ServiceArn: arn })),
  );
  const { SourceConfiguration: source, Status: status } = Service ?? {};
  if (source?.ImageRepository !== undefined) {
    return { arn, status, source: { ...source, ImageRepository: source.ImageRepository } };
  }
  throw new ServiceError(`apprunner:DescribeService of ${arn}: got no image; allowed: a service that runs an image`);
}

function imageOf({ source }: ImageService): string {
  return source.ImageRepository.ImageIdentifier ?? "";
}

/** An update of the source replaces all of it, so that it repeats the variables and the role. */
function updateOf({ arn, source }: ImageService, image: string) {
  const ImageRepository = { ...source.ImageRepository, ImageIdentifier: image, ImageRepositoryType: "ECR" } as const;
  return { ServiceArn: arn, SourceConfiguration: { ...source, ImageRepository } };
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
function watch(
  client: AppRunnerClient,
  { service, arn, operation }: Operation,
  work: Work,
): Promise<string | undefined> {
  const report = onChange(work.report);
  const goesOn = `App Runner continues operation ${operation} without this command: aws apprunner list-operations --service-arn ${arn}`;
  return wait({ clock: work.clock, minutes: work.timeoutMinutes, goesOn }, async () => {
    const { OperationSummaryList } = await aws("apprunner:ListOperations", service, () =>
      client.send(new ListOperationsCommand({ ServiceArn: arn, MaxResults: 20 })),
    );
    const state = OperationSummaryList?.find(({ Id }) => Id === operation)?.Status;
    if (state !== undefined) report(`${operation}: ${state}`);
    return state === undefined || GOING_ON.includes(state) ? undefined : state;
  });
}

/** @see https://docs.aws.amazon.com/apprunner/latest/api/API_OperationSummary.html */
const GOING_ON: readonly string[] = ["PENDING", "IN_PROGRESS", "ROLLBACK_IN_PROGRESS"];

/** Undefined if the service runs the image and is healthy: App Runner checks the health before an update succeeds. */
function problemOf(
  end: string | undefined,
  image: string,
  now: ImageService,
  { timeoutMinutes }: Work,
): string | undefined {
  if (end === undefined) {
    return `${image} did not finish within ${timeoutMinutes} minutes; App Runner cannot stop the update, and continues it`;
  }
  if (end === "ROLLBACK_SUCCEEDED") return `${image} failed, and App Runner rolled back`;
  if (end !== "SUCCEEDED") return `${image} ended as ${end}`;
  return now.status === "RUNNING" && imageOf(now) === image
    ? undefined
    : `${image} succeeded, and the service is ${now.status}`;
}
