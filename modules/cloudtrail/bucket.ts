/** The bucket of a trail, whose objects cannot change during the retention. */
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketObjectLockConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-object-lock-configuration";
import type { Construct } from "constructs";
import {
  closeBucket,
  type Expression,
  encryptBucket,
  keepUploads,
  logBucketAccess,
  type PolicyStatement,
  type Resource,
  resource,
} from "../../lib";

interface TrailBucket {
  readonly bucketName: Expression<string>;
  readonly kmsKeyArn: Expression<string>;
  readonly accessLogBucket: Expression<string>;
  readonly retentionDays: Expression<number>;
  readonly accountId: Expression<string>;
  readonly trailArn: string;
}

/**
 * Governance mode, because a reviewed change of the bucket's policy can correct a retention that is too long. Until then
 * the policy denies the bypass of the lock.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
 */
export function trailBucket(scope: Construct, input: TrailBucket) {
  const bucket = resource(scope, S3Bucket, "this", {
    bucket: input.bucketName,
    objectLockEnabled: true,
    lifecycle: { preventDestroy: true },
  });
  const versioning = keepUploads(scope, bucket);
  // S3 cannot change the lock of a bucket with suspended versions, so that the lock is destroyed first.
  const lock = resource(scope, S3BucketObjectLockConfigurationA, "this", {
    bucket: bucket.id,
    rule: { defaultRetention: { mode: "GOVERNANCE", days: input.retentionDays } },
    dependsOn: [versioning],
  });
  const encryption = encryptBucket(scope, bucket, input.kmsKeyArn);
  const policy = closeBucket(scope, bucket, statements(bucket, input));
  logBucketAccess(scope, bucket, input.accessLogBucket);
  return { name: bucket.bucket, ready: [lock, encryption, policy] };
}

/** @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html */
function statements(bucket: Resource<S3Bucket>, { accountId, trailArn }: TrailBucket): PolicyStatement[] {
  const principal = { Service: "cloudtrail.amazonaws.com" };
  return [
    {
      Sid: "TrailFindsBucket",
      Effect: "Allow",
      Principal: principal,
      Action: "s3:GetBucketAcl",
      Resource: bucket.arn,
      Condition: { StringEquals: { "aws:SourceArn": trailArn } },
    },
    {
      Sid: "TrailDelivers",
      Effect: "Allow",
      Principal: principal,
      Action: "s3:PutObject",
      Resource: `${bucket.arn}/AWSLogs/${accountId}/*`,
      Condition: { StringEquals: { "aws:SourceArn": trailArn, "s3:x-amz-acl": "bucket-owner-full-control" } },
    },
    {
      Sid: "DenyUnlocking",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:BypassGovernanceRetention",
      Resource: `${bucket.arn}/*`,
    },
  ];
}
