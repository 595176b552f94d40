/** What REST APIs and functions need before their first apply: a role that writes the logs of APIs, and buckets of archives. */
import type { Expression, Root } from "../../lib";
import { ApiGatewayAccount } from "../../modules/api-gateway-account";
import { Kms } from "../../modules/kms";
import { S3 } from "../../modules/s3";
import { ARTIFACTS_KEY } from "../common/delivery";
import type { Backend, BackendOptions } from "./backend";
import type { Region } from "./region";

const API_LOGS = "account-api-logs";

/** Pattern for the roles, which environments may not change. */
export const API_LOG_ROLES: readonly string[] = [`${API_LOGS}-*`];

/** @param regions of the account: each has one setting for all of its APIs */
export function logApis(root: Root, regions: readonly Region[], permissionsBoundaryArn: Expression<string>): void {
  for (const { accountId, region, prefix, options } of regions) {
    const inputs = { name: `${API_LOGS}-${region}`, accountId, permissionsBoundaryArn };
    new ApiGatewayAccount(root, `${prefix}api_logs`, inputs, options);
  }
}

export interface ArtifactBucket {
  readonly name: string;
  /** Region of the functions: Lambda reads archives of its own region only. */
  readonly region: string;
}

/** @param options provider of the backend's region, if it is not the root's default provider */
export function artifacts(
  root: Root,
  { account: { id: accountId, state }, accessLogBucket }: Backend,
  buckets: readonly ArtifactBucket[],
  prefix: string,
  options?: BackendOptions,
): void {
  const names = buckets.filter(({ region }) => region === state.region).map(({ name }) => name);
  if (names.length === 0) return;
  const { arn: kmsKeyArn } = new Kms(
    root,
    `${prefix}artifacts_key`,
    {
      accountId,
      region: state.region,
      name: ARTIFACTS_KEY,
      description: "Account: archives of functions",
    },
    options,
  );
  for (const name of names) {
    const id = name.replace(`-${accountId}`, "").replaceAll("-", "_");
    new S3(root, id, { name, kmsKeyArn, accessLogBucket }, options);
  }
}
