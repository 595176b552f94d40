/** The bucket for the results of the runs: screenshots, requests, logs. */
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import type { Construct } from "constructs";
import {
  CANARY_RUNS,
  closeBucket,
  denyOtherEncryption,
  type Expression,
  encryptBucket,
  logBucketAccess,
  resource,
  versionBucket,
} from "../../lib";

interface Store {
  readonly artifactsBucketName: Expression<string>;
  readonly artifactRetentionDays: Expression<number>;
  readonly kmsKeyArn: Expression<string>;
  readonly accessLogBucket: Expression<string>;
}

export function artifacts(scope: Construct, input: Store) {
  const bucket = resource(scope, S3Bucket, "this", {
    bucket: input.artifactsBucketName,
    lifecycle: { preventDestroy: true },
  });
  encryptBucket(scope, bucket, input.kmsKeyArn);
  versionBucket(scope, bucket, [
    {
      id: "expire-runs",
      status: "Enabled",
      filter: [{ prefix: `${CANARY_RUNS}/` }],
      expiration: [{ days: input.artifactRetentionDays }],
      noncurrentVersionExpiration: [{ noncurrentDays: 1 }],
      abortIncompleteMultipartUpload: [{ daysAfterInitiation: 1 }],
    },
  ]);
  const ready = closeBucket(scope, bucket, denyOtherEncryption(bucket, input.kmsKeyArn));
  logBucketAccess(scope, bucket, input.accessLogBucket);
  return { bucketArn: bucket.arn, location: `s3://${bucket.bucket}/${CANARY_RUNS}`, ready };
}
