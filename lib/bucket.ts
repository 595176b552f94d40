/** What every S3 bucket has, whatever it is for. */
import type { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import type { Construct } from "constructs";
import type { Resource } from "./attribute";
import { type PolicyStatement, policyDocument } from "./aws";
import { resource } from "./resource";

/** Closes a bucket to the public, to ACLs, to plain HTTP and to TLS before 1.2; the statements come on top of that. */
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
