import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import type { Construct } from "constructs";
import { z } from "zod";
import {
  arnOf,
  BUCKET_NAME,
  closeBucket,
  defineModule,
  denyOtherEncryption,
  encryptBucket,
  logBucketAccess,
  type PolicyStatement,
  type Resource,
  readyAfter,
  resource,
  versionBucket,
} from "../../lib";

export const TerraformStateBucket = defineModule({
  name: "terraform-state-bucket",
  description:
    "A bucket for Terraform's state that keeps every version: versioned, encrypted with a customer managed key, TLS only, access-logged. The bucket's policy prevents everybody, including administrators, from deleting a state or a version, and no rule deletes one.",
  inputs: {
    name: BUCKET_NAME.describe("Globally unique bucket name."),
    kmsKeyArn: arnOf("kms").describe("Key that encrypts every state."),
    kmsKeyAliasArn: arnOf("kms").describe(
      "ARN of the key's alias, for backends. Uploads with another key are refused.",
    ),
    accessLogBucket: BUCKET_NAME.describe("Bucket for the server access logs, from the `s3-access-logs` module."),
  },
  outputs: {
    arn: z.string().describe("ARN for policies."),
    name: z.string().describe("Name for backends, available after the bucket is private and encrypted."),
  },
  example: {
    name: "shop-terraform-state",
    kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    kmsKeyAliasArn: "arn:aws:kms:eu-central-1:111122223333:alias/terraform-state",
    accessLogBucket: "shop-access-logs",
  },
  build(scope, input) {
    const bucket = resource(scope, S3Bucket, "this", { bucket: input.name, lifecycle: { preventDestroy: true } });
    keepVersions(scope, bucket);
    const encryption = encryptBucket(scope, bucket, input.kmsKeyArn);
    const policy = closeBucket(scope, bucket, [
      ...denyOtherEncryption(bucket, [input.kmsKeyArn, input.kmsKeyAliasArn]),
      ...denyDeletion(bucket),
    ]);
    logBucketAccess(scope, bucket, input.accessLogBucket);
    return { arn: bucket.arn, name: readyAfter(bucket.bucket, encryption, policy) };
  },
});

type Bucket = Resource<S3Bucket>;

function keepVersions(scope: Construct, bucket: Bucket): void {
  versionBucket(scope, bucket, [
    {
      id: "abort-incomplete-uploads",
      status: "Enabled",
      filter: [{ prefix: "" }],
      abortIncompleteMultipartUpload: [{ daysAfterInitiation: 1 }],
    },
  ]);
}

/** A lock file beside its state is the only object that Terraform deletes. */
function denyDeletion(bucket: Bucket): PolicyStatement[] {
  const deny = { Effect: "Deny", Principal: "*" } as const;
  return [
    {
      ...deny,
      Sid: "DenyDeletingVersions",
      Action: ["s3:DeleteBucket", "s3:DeleteObjectVersion"],
      Resource: [bucket.arn, `${bucket.arn}/*`],
    },
    { ...deny, Sid: "DenyDeletingState", Action: "s3:DeleteObject", NotResource: [`${bucket.arn}/*.tflock`] },
  ];
}
