import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { z } from "zod";
import {
  arnOf,
  BUCKET_NAME,
  closeBucket,
  defineModule,
  denyOtherEncryption,
  encryptBucket,
  keepUploads,
  logBucketAccess,
  readByDistribution,
  readyAfter,
  resource,
} from "../../lib";

export const WebsiteReplica = defineModule({
  name: "website-replica",
  description:
    "A private bucket in another region for copies of a website's files, which the CloudFront distribution reads while it gets no answer from the first bucket: the input `replica` of `cloudfront-pages`. Call it in the region of the copies. `s3-replication` fills it.",
  inputs: {
    bucketName: BUCKET_NAME.describe("Globally unique name of the bucket."),
    kmsKeyArn: arnOf("kms").describe(
      "Key that encrypts every copy, in the bucket's region. Its policy allows CloudFront to decrypt: `services` of the `kms` module has `cloudfront`.",
    ),
    distributionArn: arnOf("cloudfront").describe("Distribution that reads the copies."),
    accessLogBucket: BUCKET_NAME.describe("Bucket for the server access logs, from the `s3-access-logs` module."),
  },
  outputs: {
    bucketName: z.string().describe("Name of the bucket, available after it is versioned, private and encrypted."),
  },
  example: {
    bucketName: "example-shop-app-replica",
    kmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    distributionArn: "arn:aws:cloudfront::111122223333:distribution/E2EXAMPLE1DIST",
    accessLogBucket: "example-access-logs",
  },
  build(scope, input) {
    const bucket = resource(scope, S3Bucket, "this", { bucket: input.bucketName, lifecycle: { preventDestroy: true } });
    const versioning = keepUploads(scope, bucket);
    const encryption = encryptBucket(scope, bucket, input.kmsKeyArn);
    const policy = closeBucket(scope, bucket, [
      readByDistribution(bucket, input.distributionArn),
      ...denyOtherEncryption(bucket, input.kmsKeyArn),
    ]);
    logBucketAccess(scope, bucket, input.accessLogBucket);
    return { bucketName: readyAfter(bucket.bucket, versioning, encryption, policy) };
  },
});
