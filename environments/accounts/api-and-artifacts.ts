/** What REST APIs and functions need before their first apply: a role that writes the logs of APIs, and buckets of archives. */
import type { Expression, Root } from "../../lib";
import { ApiGatewayAccount } from "../../modules/api-gateway-account";
import { Kms } from "../../modules/kms";
import { S3 } from "../../modules/s3";
import type { Account } from "../common/account";
import { ARTIFACTS_KEY } from "../common/delivery";
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

/** @param names of the buckets */
export function artifacts(
  root: Root,
  { id: accountId, state }: Account,
  names: readonly string[],
  accessLogBucket: Expression<string>,
): void {
  if (names.length === 0) return;
  const { arn: kmsKeyArn } = new Kms(root, "artifacts_key", {
    accountId,
    region: state.region,
    name: ARTIFACTS_KEY,
    description: "Account: archives of functions",
  });
  for (const name of names) {
    new S3(root, `${name.replace(`-${accountId}`, "").replaceAll("-", "_")}`, { name, kmsKeyArn, accessLogBucket });
  }
}
