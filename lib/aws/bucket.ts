/** Settings that every S3 bucket has. */
import type { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import {
  S3BucketLifecycleConfiguration,
  type S3BucketLifecycleConfigurationConfig,
} from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketLoggingA } from "@cdktf/provider-aws/lib/s3-bucket-logging";
import { S3BucketObjectLockConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-object-lock-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import type { Construct } from "constructs";
import type { Expression } from "../generator/expression/code";
import type { Value } from "../generator/expression/expression";
import type { Resource } from "../generator/module/attribute";
import { type Arguments, resource } from "../generator/module/resource";
import { type PolicyStatement, policyDocument } from "./policy";

/** Blocks public access, ACLs, plain HTTP and TLS before 1.2. The statements are added to the bucket policy. */
export function closeBucket(scope: Construct, bucket: Resource<S3Bucket>, statements: readonly PolicyStatement[]) {
  const ownership = resource(scope, S3BucketOwnershipControls, "this", {
    bucket: bucket.id,
    rule: { objectOwnership: "BucketOwnerEnforced" },
  });
  const block = resource(scope, S3BucketPublicAccessBlock, "this", {
    bucket: bucket.id,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  const deny = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: [bucket.arn, `${bucket.arn}/*`] } as const;
  return resource(scope, S3BucketPolicy, "this", {
    bucket: bucket.id,
    policy: policyDocument(scope, "policy", [
      ...statements,
      { ...deny, Sid: "DenyPlainHttp", Condition: { Bool: { "aws:SecureTransport": "false" } } },
      { ...deny, Sid: "DenyOldTls", Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } } },
    ]),
    dependsOn: [block, ownership],
  });
}

/** Default encryption, for each upload that specifies none. */
export function encryptBucket(scope: Construct, bucket: Resource<S3Bucket>, kmsKeyArn: Expression<string>) {
  return resource(scope, S3BucketServerSideEncryptionConfigurationA, "this", {
    bucket: bucket.id,
    rule: [
      {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: kmsKeyArn },
        bucketKeyEnabled: true,
      },
    ],
  });
}

/** Keeps every version of an object except those that the rules expire. The rules are set after versioning. */
export function versionBucket(
  scope: Construct,
  bucket: Resource<S3Bucket>,
  rule: NonNullable<Arguments<S3BucketLifecycleConfigurationConfig>["rule"]>,
): Resource<S3BucketVersioningA> {
  const versioning = resource(scope, S3BucketVersioningA, "this", {
    bucket: bucket.id,
    versioningConfiguration: { status: "Enabled" },
  });
  resource(scope, S3BucketLifecycleConfiguration, "this", { bucket: bucket.id, rule, dependsOn: [versioning] });
  return versioning;
}

/** Keeps every version for ever. The rule aborts incomplete multipart uploads, whose parts would be billed for ever. */
export function keepUploads(scope: Construct, bucket: Resource<S3Bucket>): Resource<S3BucketVersioningA> {
  return versionBucket(scope, bucket, [
    {
      id: "abort-incomplete-uploads",
      status: "Enabled",
      filter: [{ prefix: "" }],
      abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
    },
  ]);
}

/**
 * Locks each new object. Governance mode, because a reviewed change of the bucket's policy can correct a retention that is
 * too long. Until then `denyUnlocking` denies the bypass of the lock.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
 */
export function lockBucket(
  scope: Construct,
  bucket: Resource<S3Bucket>,
  versioning: Resource<S3BucketVersioningA>,
  retentionDays: Expression<number>,
) {
  // S3 cannot change the lock of a bucket with suspended versions, so that the lock is destroyed first.
  return resource(scope, S3BucketObjectLockConfigurationA, "this", {
    bucket: bucket.id,
    rule: { defaultRetention: { mode: "GOVERNANCE", days: retentionDays } },
    dependsOn: [versioning],
  });
}

export function denyUnlocking(bucket: Resource<S3Bucket>): PolicyStatement {
  return {
    Sid: "DenyUnlocking",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:BypassGovernanceRetention",
    Resource: `${bucket.arn}/*`,
  };
}

/**
 * Denies uploads that specify another encryption or key. If clients specify the key by its alias, `kmsKeyArns` includes the
 * alias: AWS does not document whether the condition sees the alias of the request or the ARN of its key.
 */
export function denyOtherEncryption(
  bucket: Resource<S3Bucket>,
  kmsKeyArns: Value<string> | readonly Value<string>[],
): PolicyStatement[] {
  return [
    denyUploads("DenyOtherKeys", bucket, "s3:x-amz-server-side-encryption-aws-kms-key-id", kmsKeyArns),
    denyUploads("DenyOtherEncryption", bucket, "s3:x-amz-server-side-encryption", "aws:kms"),
  ];
}

function denyUploads(
  sid: string,
  bucket: Resource<S3Bucket>,
  header: string,
  allowed: Value<string> | readonly Value<string>[],
): PolicyStatement {
  return {
    Sid: sid,
    Effect: "Deny",
    Principal: "*",
    Action: "s3:PutObject",
    Resource: `${bucket.arn}/*`,
    Condition: { StringNotEquals: { [header]: allowed }, Null: { [header]: "false" } },
  };
}

/** Lets one CloudFront distribution read every object, and nobody else through CloudFront. */
export function readByDistribution(bucket: Resource<S3Bucket>, distributionArn: Expression<string>): PolicyStatement {
  return {
    Sid: "ReadByDistribution",
    Effect: "Allow",
    Principal: { Service: "cloudfront.amazonaws.com" },
    Action: "s3:GetObject",
    Resource: `${bucket.arn}/*`,
    Condition: { StringEquals: { "aws:SourceArn": distributionArn } },
  };
}

/** Logs access to the bucket, under a separate prefix. */
export function logBucketAccess(
  scope: Construct,
  bucket: Resource<S3Bucket>,
  accessLogBucket: Expression<string>,
): void {
  resource(scope, S3BucketLoggingA, "this", {
    bucket: bucket.id,
    targetBucket: accessLogBucket,
    targetPrefix: `s3/${bucket.bucket}/`,
  });
}
