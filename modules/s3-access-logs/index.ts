import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import type { Construct } from "constructs";
import { z } from "zod";
import {
  ACCOUNT_ID,
  BUCKET_NAME,
  closeBucket,
  defineModule,
  type Expression,
  type PolicyStatement,
  type Resource,
  readyAfter,
  resource,
  sizing,
  versionBucket,
} from "../../lib";

export const S3AccessLogs = defineModule({
  name: "s3-access-logs",
  description:
    "A bucket for the access logs of load balancers and other buckets of the account: private, TLS only, encrypted by S3, with deletion after the retention.",
  inputs: {
    name: BUCKET_NAME.describe("Globally unique bucket name."),
    accountId: ACCOUNT_ID.describe("Account whose load balancers and buckets may write."),
    retentionDays: sizing(z.int().min(1).max(3650)).describe("Retention of a log."),
  },
  outputs: {
    name: z.string().describe("Name for `access_logs` and `logging`, available after the services may write."),
    arn: z.string().describe("ARN for policies."),
  },
  example: { name: "example-access-logs", accountId: "111122223333", retentionDays: 365 },
  build(scope, input) {
    const bucket = resource(scope, S3Bucket, "this", { bucket: input.name });
    encrypt(scope, bucket);
    expire(scope, bucket, input.retentionDays);
    const policy = closeBucket(scope, bucket, logDelivery(bucket, input.accountId));
    return { name: readyAfter(bucket.bucket, policy), arn: bucket.arn };
  },
});

type Bucket = Resource<S3Bucket>;

/**
 * Load balancers cannot write to a bucket that is encrypted with KMS.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
function encrypt(scope: Construct, bucket: Bucket) {
  resource(scope, S3BucketServerSideEncryptionConfigurationA, "this", {
    bucket: bucket.id,
    rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
  });
}

function expire(scope: Construct, bucket: Bucket, retentionDays: Expression<number>) {
  versionBucket(scope, bucket, [
    {
      id: "expire",
      status: "Enabled",
      filter: [{ prefix: "" }],
      expiration: [{ days: retentionDays }],
      noncurrentVersionExpiration: [{ noncurrentDays: 1 }],
      abortIncompleteMultipartUpload: [{ daysAfterInitiation: 1 }],
    },
  ]);
}

function logDelivery(bucket: Bucket, accountId: Expression<string>): PolicyStatement[] {
  return [
    {
      Sid: "LoadBalancerLogs",
      Effect: "Allow",
      Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: `${bucket.arn}/*/AWSLogs/${accountId}/*`,
    },
    {
      Sid: "BucketLogs",
      Effect: "Allow",
      Principal: { Service: "logging.s3.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: `${bucket.arn}/s3/*`,
      Condition: { StringEquals: { "aws:SourceAccount": accountId } },
    },
  ];
}
