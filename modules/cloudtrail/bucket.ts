/** The bucket of a trail, whose objects cannot change during the retention. */
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import type { Construct } from "constructs";
import {
  closeBucket,
  denyUnlocking,
  type Expression,
  encryptBucket,
  hcl,
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
  readonly trailArn: string;
  /** Folders of deliveries: ids of accounts, and of an organization. */
  readonly folders: Expression<string[]>;
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
function statements(bucket: Resource<S3Bucket>, { folders, trailArn }: TrailBucket): PolicyStatement[] {
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
      Resource: hcl<string[]>`[for folder in ${folders} : format("%s/AWSLogs/%s/*", ${bucket.arn}, folder)]`,
      Condition: { StringEquals: { "aws:SourceArn": trailArn, "s3:x-amz-acl": "bucket-owner-full-control" } },
    },
    denyUnlocking(bucket),
  ];
}
