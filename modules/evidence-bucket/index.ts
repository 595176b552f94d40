import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { z } from "zod";
import {
  arnOf,
  BUCKET_NAME,
  closeBucket,
  defineModule,
  denyOtherEncryption,
  denyUnlocking,
  encryptBucket,
  keepUploads,
  lockBucket,
  logBucketAccess,
  readyAfter,
  resource,
  sizing,
} from "../../lib";

export const EvidenceBucket = defineModule({
  name: "evidence-bucket",
  description:
    "A private bucket for evidence that people and programs write and nobody changes: records of tests, drills and reviews. Each object is locked for the retention, encrypted with a customer managed key, and kept for ever.",
  inputs: {
    name: BUCKET_NAME.describe("Globally unique bucket name."),
    kmsKeyArn: arnOf("kms").describe("Key that encrypts every object. Uploads with another key are refused."),
    accessLogBucket: BUCKET_NAME.describe("Bucket for the server access logs, from the `s3-access-logs` module."),
    retentionDays: sizing(z.int().min(365).max(3653)).describe(
      "Days for which Object Lock prevents the change and deletion of each object.",
    ),
  },
  outputs: {
    arn: z.string().describe("ARN for policies."),
    name: z.string().describe("Name for clients, available after the bucket is private, locked and encrypted."),
  },
  example: {
    name: "example-evidence",
    kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    accessLogBucket: "example-access-logs",
    retentionDays: 1096,
  },
  build(scope, input) {
    const bucket = resource(scope, S3Bucket, "this", {
      bucket: input.name,
      objectLockEnabled: true,
      lifecycle: { preventDestroy: true },
    });
    const lock = lockBucket(scope, bucket, keepUploads(scope, bucket), input.retentionDays);
    const encryption = encryptBucket(scope, bucket, input.kmsKeyArn);
    const policy = closeBucket(scope, bucket, [denyUnlocking(bucket), ...denyOtherEncryption(bucket, input.kmsKeyArn)]);
    logBucketAccess(scope, bucket, input.accessLogBucket);
    return { arn: bucket.arn, name: readyAfter(bucket.bucket, lock, encryption, policy) };
  },
});
