import { IamServiceLinkedRole } from "@cdktf/provider-aws/lib/iam-service-linked-role";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { z } from "zod";
import {
  ACCOUNT_ID,
  arnOf,
  BUCKET_NAME,
  closeBucket,
  defineModule,
  type Expression,
  encryptBucket,
  keepUploads,
  logBucketAccess,
  type PolicyStatement,
  type Resource,
  readyAfter,
  resource,
} from "../../lib";

export const ConfigAccount = defineModule({
  name: "config-account",
  description:
    "The parts of AWS Config that an account needs once: its service-linked role, and a bucket for the recorders of all regions. The bucket's policy prevents the deletion of objects, and no rule deletes them. AWS Config cannot deliver to a bucket with Object Lock. If the account already has the role `AWSServiceRoleForConfig`, import it.",
  inputs: {
    accountId: ACCOUNT_ID.describe("Account of the recorders."),
    bucketName: BUCKET_NAME.describe("Globally unique name of the bucket."),
    kmsKeyArn: arnOf("kms").describe("Key that encrypts every object. Its policy has to allow AWS Config."),
    accessLogBucket: BUCKET_NAME.describe("Bucket for the server access logs, from the `s3-access-logs` module."),
  },
  outputs: {
    roleArn: z.string().describe("ARN of the service-linked role, for recorders."),
    bucketName: z.string().describe("Name of the bucket, available after AWS Config may write to it."),
  },
  example: {
    accountId: "111122223333",
    bucketName: "shop-config",
    kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    accessLogBucket: "shop-access-logs",
  },
  build(scope, input) {
    const role = resource(scope, IamServiceLinkedRole, "this", { awsServiceName: "config.amazonaws.com" });
    const bucket = resource(scope, S3Bucket, "this", { bucket: input.bucketName, lifecycle: { preventDestroy: true } });
    keepUploads(scope, bucket);
    const encryption = encryptBucket(scope, bucket, input.kmsKeyArn);
    const policy = closeBucket(scope, bucket, delivery(bucket, input.accountId));
    logBucketAccess(scope, bucket, input.accessLogBucket);
    return { roleArn: role.arn, bucketName: readyAfter(bucket.bucket, encryption, policy) };
  },
});

/** @see https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-policy.html */
function delivery(bucket: Resource<S3Bucket>, accountId: Expression<string>): PolicyStatement[] {
  const principal = { Service: "config.amazonaws.com" };
  return [
    {
      Sid: "ConfigFindsBucket",
      Effect: "Allow",
      Principal: principal,
      Action: ["s3:GetBucketAcl", "s3:ListBucket"],
      Resource: bucket.arn,
      Condition: { StringEquals: { "aws:SourceAccount": accountId } },
    },
    {
      Sid: "ConfigDelivers",
      Effect: "Allow",
      Principal: principal,
      Action: "s3:PutObject",
      Resource: `${bucket.arn}/AWSLogs/${accountId}/Config/*`,
      Condition: {
        StringEquals: { "aws:SourceAccount": accountId, "s3:x-amz-acl": "bucket-owner-full-control" },
      },
    },
    {
      Sid: "DenyDeleting",
      Effect: "Deny",
      Principal: "*",
      Action: ["s3:DeleteObject", "s3:DeleteObjectVersion"],
      Resource: `${bucket.arn}/*`,
    },
  ];
}
