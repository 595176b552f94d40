import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { z } from "zod";
import {
  ACCOUNT_ID,
  arnOf,
  BUCKET_NAME,
  closeBucket,
  defineModule,
  denyOtherEncryption,
  encryptBucket,
  keepUploads,
  logBucketAccess,
  partition,
  policyDocument,
  REGION,
  readyAfter,
  resource,
  resourceName,
} from "../../lib";

export const MaskedExportBucket = defineModule({
  name: "masked-export-bucket",
  description:
    "A private bucket for dumps of masked databases, with a key of its own. One role of another account may list and read it, and may write nothing. The key encrypts no unmasked data, so that the role that reads the dumps can decrypt nothing else. Every version of a dump is kept.",
  inputs: {
    name: BUCKET_NAME.describe("Globally unique bucket name."),
    keyName: resourceName(200).describe("Alias of the key, without `alias/`."),
    accountId: ACCOUNT_ID.describe("Account of the bucket."),
    region: REGION.describe("Region of the bucket."),
    readerRoleArn: arnOf("iam").describe(
      "Role of the account that restores the dumps. It has to exist before the bucket, because S3 and KMS refuse policies with a principal that does not exist.",
    ),
    accessLogBucket: BUCKET_NAME.describe("Bucket for the server access logs, from the `s3-access-logs` module."),
  },
  outputs: {
    name: z.string().describe("Name of the bucket, available after the bucket is private and encrypted."),
    kmsKeyArn: z.string().describe("ARN of the key."),
  },
  rules: [
    {
      inputs: ["readerRoleArn", "accountId"],
      allowed: "a role of another account",
      holds: ({ readerRoleArn, accountId }) => readerRoleArn.split(":")[4] !== accountId,
      condition: 'split(":", var.reader_role_arn)[4] != var.account_id',
      counterexample: { accountId: "111122223333", readerRoleArn: "arn:aws:iam::111122223333:role/reader" },
    },
  ],
  example: {
    name: "shop-masked-exports",
    keyName: "shop-masked-exports",
    accountId: "111122223333",
    region: "eu-central-1",
    readerRoleArn: "arn:aws:iam::444455556666:role/shop-masked-restore",
    accessLogBucket: "shop-access-logs",
  },
  build(scope, input) {
    const reader = { Effect: "Allow", Principal: { AWS: input.readerRoleArn } } as const;
    const key = resource(scope, KmsKey, "this", {
      description: `Masked dumps in ${input.name}`,
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy: policyDocument(scope, "key_policy", [
        {
          Sid: "AccountPolicies",
          Effect: "Allow",
          Principal: { AWS: `arn:${partition(scope)}:iam::${input.accountId}:root` },
          Action: "kms:*",
          Resource: "*",
        },
        {
          ...reader,
          Sid: "DecryptDumps",
          Action: "kms:Decrypt",
          Resource: "*",
          Condition: { StringEquals: { "kms:ViaService": `s3.${input.region}.amazonaws.com` } },
        },
      ]),
      lifecycle: { preventDestroy: true },
    });
    resource(scope, KmsAlias, "this", { name: `alias/${input.keyName}`, targetKeyId: key.keyId });
    const bucket = resource(scope, S3Bucket, "this", { bucket: input.name, lifecycle: { preventDestroy: true } });
    keepUploads(scope, bucket);
    const encryption = encryptBucket(scope, bucket, key.arn);
    const policy = closeBucket(scope, bucket, [
      { ...reader, Sid: "ListDumps", Action: "s3:ListBucket", Resource: bucket.arn },
      { ...reader, Sid: "ReadDumps", Action: "s3:GetObject", Resource: `${bucket.arn}/*` },
      ...denyOtherEncryption(bucket, key.arn),
    ]);
    logBucketAccess(scope, bucket, input.accessLogBucket);
    return { name: readyAfter(bucket.bucket, encryption, policy), kmsKeyArn: key.arn };
  },
});
