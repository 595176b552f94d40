/** The bucket of a trail, whose objects cannot change during the retention. */
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

export function trailBucket(scope: Construct, input: TrailBucket) {
  const bucket = resource(scope, S3Bucket, "this", {
    bucket: input.bucketName,
    objectLockEnabled: true,
    lifecycle: { preventDestroy: true },
  });
  const lock = lockBucket(scope, bucket, keepUploads(scope, bucket), input.retentionDays);
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
    denyUnlocking(bucket),
  ];
}
