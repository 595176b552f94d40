/** What may read production without belonging to it. `groundplan isolation` finds everything else. */
import type { Isolation } from "../lib";
import { accounts } from "./common/accounts";
import { MASKING } from "./formula/masking";

const { formulaSanitisation, formulaSecurity } = accounts;

/** Staging restores masked dumps. It reads no other bucket of the account for sanitisation, and nothing of production itself. */
const masked = (root: string, address: string, ...names: readonly string[]) =>
  names.map((name) => ({
    root,
    address,
    names: name,
    reason:
      "The masked dump for staging, which has no person's data: the only way out of the account for sanitisation.",
  }));

const SANITISATION = "environments/formula/sanitisation";
const STAGING = "environments/formula/staging";
const BUCKET = `arn:aws:s3:::${MASKING.exports.bucket}`;

export const isolationOfProduction = {
  trusted: {
    [formulaSecurity.id]: "Trail, findings and telemetry of all accounts. No environment is in it.",
    "444444444444": "Identities of people, who assume the roles of each account with a second factor.",
  },
  crossings: [
    ...masked(SANITISATION, "module.exports.aws_kms_key.this", MASKING.exports.readerRoleArn),
    ...masked(SANITISATION, "module.exports.aws_s3_bucket_policy.this", MASKING.exports.readerRoleArn),
    ...masked(STAGING, "module.gateway_endpoints.aws_vpc_endpoint.s3", BUCKET, `${BUCKET}/*`),
    ...masked(
      STAGING,
      "module.masked_import.aws_iam_role_policy.task",
      `arn:…:s3:::${MASKING.exports.bucket}`,
      `arn:…:s3:::${MASKING.exports.bucket}/${MASKING.import.dumpKey}`,
      MASKING.import.exportKmsKeyArn,
    ),
    ...masked(STAGING, "module.masked_import.aws_sfn_state_machine.this", MASKING.exports.bucket),
    ...masked("accounts/formula-staging", "module.boundaries.aws_iam_policy.workloads", formulaSanitisation.id),
    {
      root: "accounts/formula-security",
      address: "module.trail.aws_iam_role.this",
      names: "cloudtrail.amazonaws.com",
      reason: "CloudTrail writes the events of all accounts to one log group. The role reads nothing.",
    },
  ],
} as const satisfies Isolation;
