import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import type { Construct } from "constructs";
import { z } from "zod";
import {
  arnOf,
  BUCKET_NAME,
  closeBucket,
  defineModule,
  denyOtherEncryption,
  type Expression,
  encryptBucket,
  logBucketAccess,
  PLANS_BUCKET_FOLDERS,
  type PolicyStatement,
  type Resource,
  readyAfter,
  resource,
  sizing,
  versionBucket,
} from "../../lib";

/** Only plans expire: the other objects are records of applies, and states that could not be uploaded. */
const PLANS = `${PLANS_BUCKET_FOLDERS.plans}/`;

export const TerraformPlansBucket = defineModule({
  name: "terraform-plans-bucket",
  description:
    "A bucket for saved plans that wait for their approval, and for records of applies. A plan contains state and is a secret: encrypted with a customer managed key, TLS only, access-logged. The bucket's policy prevents everybody, including administrators, from overwriting or deleting an object, so that an approved plan cannot be replaced. Plans expire.",
  inputs: {
    name: BUCKET_NAME.describe("Globally unique bucket name."),
    kmsKeyArn: arnOf("kms").describe("Key that encrypts every object."),
    kmsKeyAliasArn: arnOf("kms").describe(
      "ARN of the key's alias, for backends. Uploads with another key are refused.",
    ),
    accessLogBucket: BUCKET_NAME.describe("Bucket for the server access logs, from the `s3-access-logs` module."),
    planRetentionDays: sizing(z.int().min(1).max(90))
      .default(7)
      .describe(
        `Days that objects under \`${PLANS}\` are kept. A plan that waits longer for its approval has to be created again. Other objects do not expire.`,
      ),
  },
  outputs: {
    arn: z.string().describe("ARN for policies."),
    name: z.string().describe("Name for the pipeline, available after the bucket is private and encrypted."),
  },
  example: {
    name: "shop-terraform-plans",
    kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    kmsKeyAliasArn: "arn:aws:kms:eu-central-1:111122223333:alias/terraform-state",
    accessLogBucket: "shop-access-logs",
  },
  build(scope, input) {
    const bucket = resource(scope, S3Bucket, "this", { bucket: input.name, lifecycle: { preventDestroy: true } });
    expirePlans(scope, bucket, input.planRetentionDays);
    const encryption = encryptBucket(scope, bucket, input.kmsKeyArn);
    const policy = closeBucket(scope, bucket, [
      ...denyOtherEncryption(bucket, [input.kmsKeyArn, input.kmsKeyAliasArn]),
      ...denyReplacing(bucket),
    ]);
    logBucketAccess(scope, bucket, input.accessLogBucket);
    return { arn: bucket.arn, name: readyAfter(bucket.bucket, encryption, policy) };
  },
});

type Bucket = Resource<S3Bucket>;

function expirePlans(scope: Construct, bucket: Bucket, days: Expression<number>): void {
  versionBucket(scope, bucket, [
    {
      id: "expire-plans",
      status: "Enabled",
      filter: [{ prefix: PLANS }],
      expiration: [{ days }],
      noncurrentVersionExpiration: [{ noncurrentDays: 1 }],
    },
    {
      id: "abort-incomplete-uploads",
      status: "Enabled",
      filter: [{ prefix: "" }],
      abortIncompleteMultipartUpload: [{ daysAfterInitiation: 1 }],
    },
  ]);
}

/**
 * An upload needs `If-None-Match: *`, which fails if the key exists; a deletion would free the key. In a multipart upload,
 * only the completing request can have the header.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html
 */
function denyReplacing(bucket: Bucket): PolicyStatement[] {
  const deny = { Effect: "Deny", Principal: "*" } as const;
  return [
    {
      ...deny,
      Sid: "DenyOverwriting",
      Action: "s3:PutObject",
      Resource: `${bucket.arn}/*`,
      Condition: { Null: { "s3:if-none-match": "true" }, Bool: { "s3:ObjectCreationOperation": "true" } },
    },
    {
      ...deny,
      Sid: "DenyDeleting",
      Action: ["s3:DeleteBucket", "s3:DeleteObject", "s3:DeleteObjectVersion"],
      Resource: [bucket.arn, `${bucket.arn}/*`],
    },
  ];
}
