/** Terraform's state, locks and saved plans in one region of an account. */
import type { Expression, Root } from "../../lib";
import { Kms } from "../../modules/kms";
import { S3AccessLogs } from "../../modules/s3-access-logs";
import { TerraformLockTable } from "../../modules/terraform-lock-table";
import { TerraformPlansBucket } from "../../modules/terraform-plans-bucket";
import { TerraformStateBucket } from "../../modules/terraform-state-bucket";
import type { Account } from "../common/account";

const ACCESS_LOG_DAYS = 365;

export interface Backend {
  readonly account: Account;
  readonly keyArn: Expression<string>;
  readonly accessLogBucket: Expression<string>;
  readonly stateBucketArn: Expression<string>;
  readonly plansBucketArn: Expression<string>;
  readonly lockTableArn: Expression<string>;
}

/**
 * @param prefix prefix of the calls' names
 * @param options provider of the region, if it is not the root's default provider
 */
export function backend(root: Root, account: Account, prefix: string, options?: BackendOptions): Backend {
  const { name, id: accountId, state, plansBucket } = account;
  const key = new Kms(
    root,
    `${prefix}state_key`,
    { accountId, region: state.region, name: "terraform-state", description: "Terraform: state, plans, locks" },
    options,
  );
  const accessLogs = new S3AccessLogs(
    root,
    `${prefix}state_access_logs`,
    { accountId, name: `${name}-terraform-logs-${accountId}`, retentionDays: ACCESS_LOG_DAYS },
    options,
  );
  const bucket = { kmsKeyArn: key.arn, kmsKeyAliasArn: state.kmsKeyArn, accessLogBucket: accessLogs.name };
  const states = new TerraformStateBucket(root, `${prefix}state`, { ...bucket, name: state.bucket }, options);
  const plans = new TerraformPlansBucket(root, `${prefix}plans`, { ...bucket, name: plansBucket }, options);
  const locks = new TerraformLockTable(
    root,
    `${prefix}locks`,
    { name: state.dynamodbTable, kmsKeyArn: key.arn },
    options,
  );
  return {
    account,
    keyArn: key.arn,
    accessLogBucket: accessLogs.name,
    stateBucketArn: states.arn,
    plansBucketArn: plans.arn,
    lockTableArn: locks.arn,
  };
}

export interface BackendOptions {
  readonly providers: { readonly aws: ReturnType<Root["awsAlias"]> };
}
