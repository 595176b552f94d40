import { IamAccountPasswordPolicy } from "@cdktf/provider-aws/lib/iam-account-password-policy";
import { S3AccountPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-account-public-access-block";
import { z } from "zod";
import { ACCOUNT_ID, defineModule, resource } from "../../lib";

/**
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-15
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-16
 */
const PASSWORDS = { minimumPasswordLength: 14, passwordReusePrevention: 24 } as const;

export const AccountBaseline = defineModule({
  name: "account-baseline",
  description:
    "Settings of the whole account: no bucket is public, and passwords are long. An account has one of each setting: call this once for each account, because another call overwrites it.",
  inputs: {
    accountId: ACCOUNT_ID.describe("The account."),
  },
  outputs: {
    publicAccessBlockId: z.string().describe("Id of the public access block, which is the account's id."),
  },
  example: { accountId: "111122223333" },
  build(scope, input) {
    const block = resource(scope, S3AccountPublicAccessBlock, "this", {
      accountId: input.accountId,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    /** The account should have no users. If a person creates one by hand, its password is strong. */
    resource(scope, IamAccountPasswordPolicy, "this", {
      ...PASSWORDS,
      requireLowercaseCharacters: true,
      requireUppercaseCharacters: true,
      requireNumbers: true,
      requireSymbols: true,
      allowUsersToChangePassword: true,
    });
    return { publicAccessBlockId: block.id };
  },
});
