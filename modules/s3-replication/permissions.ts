/**
 * Permissions of S3 to copy between two encrypted buckets with bucket keys.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html
 */
import type { Expression, PolicyStatement } from "../../lib";

/** S3 documents no source of these calls for a condition: iam:PassRole controls who may replicate with the role. */
export const ASSUMED_BY_S3: PolicyStatement = {
  Sid: "AssumeByService",
  Effect: "Allow",
  Principal: { Service: "s3.amazonaws.com" },
  Action: "sts:AssumeRole",
};

type Bucket = Readonly<Record<"name" | "region" | "kmsKeyArn", Expression<string>>>;

export function replicating(arnPartition: Expression<string>, source: Bucket, destination: Bucket): PolicyStatement[] {
  const arnOf = ({ name }: Bucket) => `arn:${arnPartition}:s3:::${name}`;
  /** With a bucket key, the encryption context is the bucket and not the object. */
  const inBucket = (bucket: Bucket) => ({
    StringEquals: {
      "kms:ViaService": `s3.${bucket.region}.amazonaws.com`,
      "kms:EncryptionContext:aws:s3:arn": arnOf(bucket),
    },
  });
  return [
    {
      Sid: "ReadConfiguration",
      Effect: "Allow",
      Action: ["s3:GetReplicationConfiguration", "s3:ListBucket"],
      Resource: arnOf(source),
    },
    {
      Sid: "ReadObjects",
      Effect: "Allow",
      Action: ["s3:GetObjectVersionAcl", "s3:GetObjectVersionForReplication", "s3:GetObjectVersionTagging"],
      Resource: `${arnOf(source)}/*`,
    },
    {
      Sid: "WriteCopies",
      Effect: "Allow",
      Action: ["s3:ReplicateObject", "s3:ReplicateTags"],
      Resource: `${arnOf(destination)}/*`,
    },
    {
      Sid: "DecryptObjects",
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: source.kmsKeyArn,
      Condition: inBucket(source),
    },
    {
      Sid: "EncryptCopies",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"],
      Resource: destination.kmsKeyArn,
      Condition: inBucket(destination),
    },
  ];
}
