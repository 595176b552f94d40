/** The bucket of the archive, whose objects cannot change during the retention. */
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import type { Construct } from "constructs";
import {
  closeBucket,
  denyUnlocking,
  type Expression,
  encryptBucket,
  keepUploads,
  lockBucket,
  logBucketAccess,
  resource,
} from "../../lib";

interface ArchiveBucket {
  readonly bucketName: Expression<string>;
  readonly kmsKeyArn: Expression<string>;
  readonly accessLogBucket: Expression<string>;
  readonly retentionDays: Expression<number>;
}

export function archiveBucket(scope: Construct, input: ArchiveBucket) {
  const bucket = resource(scope, S3Bucket, "this", {
    bucket: input.bucketName,
    objectLockEnabled: true,
    lifecycle: { preventDestroy: true },
  });
  const lock = lockBucket(scope, bucket, keepUploads(scope, bucket), input.retentionDays);
  const encryption = encryptBucket(scope, bucket, input.kmsKeyArn);
  const policy = closeBucket(scope, bucket, [denyUnlocking(bucket)]);
  logBucketAccess(scope, bucket, input.accessLogBucket);
  return { name: bucket.bucket, arn: bucket.arn, ready: [lock, encryption, policy] };
}
