import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketCorsConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-cors-configuration";
import type { Construct } from "constructs";
import { z } from "zod";
import {
  arnOf,
  BUCKET_NAME,
  closeBucket,
  condition,
  defineModule,
  denyOtherEncryption,
  type Expression,
  encryptBucket,
  keepUploads,
  logBucketAccess,
  type Resource,
  readyAfter,
  resource,
  resourceIf,
  set,
  text,
} from "../../lib";

export const S3 = defineModule({
  name: "s3",
  description:
    "A private bucket for records that must not be lost: versioned, encrypted with a customer managed key, owner-enforced, TLS only, access-logged. No rule deletes an object or a noncurrent version.",
  inputs: {
    name: BUCKET_NAME.describe(
      "Globally unique bucket name. AWS deletes no bucket with objects or versions. After the deletion, any AWS account can take the name.",
    ),
    kmsKeyArn: arnOf("kms").describe("Key that encrypts every object. Uploads with another key are refused."),
    accessLogBucket: BUCKET_NAME.describe("Bucket for the server access logs, from the `s3-access-logs` module."),
    corsOrigins: set(text(/^https:\/\/[a-z0-9.-]+$/, "an https origin such as https://app.example.com", "http://a.b"))
      .default([])
      .describe("Origins whose pages may use pre-signed URLs. An empty set allows no browser."),
  },
  outputs: {
    arn: z.string().describe("ARN for policies."),
    name: z.string().describe("Name for clients, available after the bucket is private and encrypted."),
  },
  example: {
    name: "example-documents",
    kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    accessLogBucket: "example-access-logs",
    corsOrigins: ["https://app.example.com"],
  },
  build(scope, input) {
    const bucket = resource(scope, S3Bucket, "this", { bucket: input.name, lifecycle: { preventDestroy: true } });
    keepUploads(scope, bucket);
    const encryption = encryptBucket(scope, bucket, input.kmsKeyArn);
    /** An upload without an encryption gets that of the bucket; one with another encryption is refused. */
    const policy = closeBucket(scope, bucket, denyOtherEncryption(bucket, input.kmsKeyArn));
    logBucketAccess(scope, bucket, input.accessLogBucket);
    allowBrowsers(scope, bucket, input.corsOrigins);
    return { arn: bucket.arn, name: readyAfter(bucket.bucket, encryption, policy) };
  },
});

type Bucket = Resource<S3Bucket>;

function allowBrowsers(scope: Construct, bucket: Bucket, origins: Expression<string[]>) {
  resourceIf(scope, S3BucketCorsConfiguration, "this", condition`length(${origins}) > 0`, {
    bucket: bucket.id,
    corsRule: [
      {
        allowedMethods: ["GET", "HEAD", "PUT"],
        allowedOrigins: origins,
        allowedHeaders: ["content-type", "content-md5", "x-amz-*"],
        exposeHeaders: ["ETag"],
        maxAgeSeconds: 3600,
      },
    ],
  });
}
