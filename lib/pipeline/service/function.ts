/** A function of Lambda: each alias has a version of its own, and provisioned concurrency of its own. */
import {
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  GetProvisionedConcurrencyConfigCommand,
  LambdaClient,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
} from "@aws-sdk/client-lambda";
import { z } from "zod";
import { AwsError, aws, ServiceError } from "./failure";
import { onChange, type Work, wait } from "./waiting";

/** A version of an object in S3. */
export interface Archive {
  readonly bucket: string;
  readonly key: string;
  readonly version: string;
}

export interface Alias {
  readonly function: string;
  readonly name: string;
}

/** @throws AwsError */
export async function versionOf(lambda: LambdaClient, alias: Alias): Promise<string> {
  return (await readAlias(lambda, alias)).FunctionVersion;
}

/**
 * Publishes the archive as a version, and moves the alias to it. The other alias stays at its version.
 * @throws ServiceError if the version or its provisioned concurrency does not become ready
 */
export async function deployFunction(alias: Alias, code: Archive, work: Work): Promise<void> {
  const lambda = new LambdaClient();
  const former = await readAlias(lambda, alias);
  const version = await publish(lambda, alias.function, code, work);
  if (former.FunctionVersion === version) {
    work.report(`${nameOf(alias)} already is version ${version}`);
  } else {
    work.report(`${nameOf(alias)}: version ${former.FunctionVersion} becomes ${version}`);
    await aws("lambda:UpdateAlias", nameOf(alias), () =>
      lambda.send(
        new UpdateAliasCommand({
          FunctionName: alias.function,
          Name: alias.name,
          FunctionVersion: version,
          RoutingConfig: { AdditionalVersionWeights: {} },
          RevisionId: former.RevisionId,
        }),
      ),
    );
  }
  await awaitProvisioned(lambda, alias, 0, work);
}

/** The provisioned concurrency that is requested; 0 without any. @throws AwsError */
export async function provisionedOf(lambda: LambdaClient, alias: Alias): Promise<number> {
  return (await readProvisioned(lambda, alias))?.RequestedProvisionedConcurrentExecutions ?? 0;
}

/**
 * Waits until the alias has this provisioned concurrency, or whatever was requested if that is more.
 * @throws ServiceError if Lambda cannot give it, or not in time
 */
export async function awaitProvisioned(lambda: LambdaClient, alias: Alias, least: number, work: Work): Promise<void> {
  const report = onChange(work.report);
  const goesOn = `Lambda continues to provision ${nameOf(alias)}: aws lambda get-provisioned-concurrency-config --function-name ${alias.function} --qualifier ${alias.name}`;
  const end = await wait({ clock: work.clock, minutes: work.timeoutMinutes, goesOn }, async () => {
    const now = await readProvisioned(lambda, alias);
    if (now === undefined) return least === 0 ? "READY" : undefined;
    const { Status, StatusReason, RequestedProvisionedConcurrentExecutions: requested, ...rest } = now;
    report(`${nameOf(alias)}: ${rest.AvailableProvisionedConcurrentExecutions} of ${requested} provisioned, ${Status}`);
    if (Status === "FAILED") throw new ServiceError(`${nameOf(alias)} is not provisioned: ${StatusReason}`);
    return Status === "READY" && requested >= least ? Status : undefined;
  });
  if (end !== undefined) return;
  throw new ServiceError(`${nameOf(alias)} is not provisioned after ${work.timeoutMinutes} minutes\n${goesOn}`);
}

/** `LATEST` gets the code, and its version the same: Lambda makes no second version of code that did not change. */
async function publish(lambda: LambdaClient, name: string, code: Archive, work: Work): Promise<string> {
  const { CodeSha256 } = await aws("lambda:UpdateFunctionCode", name, () =>
    lambda.send(
      new UpdateFunctionCodeCommand({
        FunctionName: name,
        S3Bucket: code.bucket,
        S3Key: code.key,
        S3ObjectVersion: code.version,
      }),
    ),
  );
  await ready(lambda, { function: name, name: "$LATEST" }, work);
  const { Version } = await aws("lambda:PublishVersion", name, () =>
    lambda.send(new PublishVersionCommand({ FunctionName: name, CodeSha256 })),
  );
  const version = z.string().parse(Version);
  await ready(lambda, { function: name, name: version }, work);
  return version;
}

async function ready(lambda: LambdaClient, { function: name, name: qualifier }: Alias, work: Work): Promise<void> {
  const place = `${name}:${qualifier}`;
  const goesOn = `Lambda continues to prepare ${place}, which no alias has`;
  const end = await wait({ clock: work.clock, minutes: work.timeoutMinutes, goesOn }, async () => {
    const now = await aws("lambda:GetFunctionConfiguration", place, () =>
      lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name, Qualifier: qualifier })),
    );
    if (now.State === "Failed" || now.LastUpdateStatus === "Failed") {
      throw new ServiceError(`${place} failed: ${now.LastUpdateStatusReason ?? now.StateReason}`);
    }
    return (now.State === "Active" && now.LastUpdateStatus === "Successful") || undefined;
  });
  if (end === undefined) throw new ServiceError(`${place} is not ready after ${work.timeoutMinutes} minutes`);
}

const ALIAS = z.object({ FunctionVersion: z.string(), RevisionId: z.string() });

async function readAlias(lambda: LambdaClient, alias: Alias) {
  const answer = await aws("lambda:GetAlias", nameOf(alias), () =>
    lambda.send(new GetAliasCommand({ FunctionName: alias.function, Name: alias.name })),
  );
  return ALIAS.parse(answer);
}

const PROVISIONED = z.object({
  Status: z.enum(["IN_PROGRESS", "READY", "FAILED"]),
  StatusReason: z.string().optional(),
  RequestedProvisionedConcurrentExecutions: z.number(),
  AvailableProvisionedConcurrentExecutions: z.number().default(0),
});

/** Undefined if the alias has no provisioned concurrency. */
async function readProvisioned(lambda: LambdaClient, alias: Alias) {
  try {
    const answer = await aws("lambda:GetProvisionedConcurrencyConfig", nameOf(alias), () =>
      lambda.send(new GetProvisionedConcurrencyConfigCommand({ FunctionName: alias.function, Qualifier: alias.name })),
    );
    return PROVISIONED.parse(answer);
  } catch (error) {
    if (error instanceof AwsError && error.code === "ProvisionedConcurrencyConfigNotFoundException") return undefined;
    throw error;
  }
}

/** `shop-pricing:green` */
export function nameOf({ function: name, name: alias }: Alias): string {
  return `${name}:${alias}`;
}
