/** Reads and writes S3 objects, encrypted with a customer managed key and never overwritten. */
import {
  GetObjectCommand,
  type GetObjectCommandInput,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";

/** Uses path-style URLs for an endpoint from an environment variable, whose host has no DNS name for each bucket. */
export function s3Client(region: string): S3Client {
  return new S3Client({ region, forcePathStyle: process.env.AWS_ENDPOINT_URL_S3 !== undefined });
}

type NewObject = Pick<PutObjectCommandInput, "Bucket" | "Key" | "ExpectedBucketOwner" | "Body" | "ContentType">;

/**
 * Uploads an object if the bucket has none with this key.
 * @param kmsKeyArn undefined for the key that the bucket encrypts with
 * @returns false if it has one; else the version, which is undefined if the bucket keeps no versions
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 * @throws S3ServiceException
 */
export async function createObject(
  client: S3Client,
  object: NewObject,
  kmsKeyArn: string | undefined,
): Promise<{ readonly versionId: string | undefined } | false> {
  const command = new PutObjectCommand({
    ...object,
    IfNoneMatch: "*",
    ...(kmsKeyArn !== undefined && { ServerSideEncryption: "aws:kms", SSEKMSKeyId: kmsKeyArn }),
  });
  try {
    return { versionId: (await client.send(command)).VersionId };
  } catch (error) {
    if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 412) return false;
    throw error;
  }
}

/** @throws S3ServiceException */
export async function readObject(client: S3Client, object: GetObjectCommandInput): Promise<Uint8Array> {
  const { Body } = await client.send(new GetObjectCommand(object));
  return (await Body?.transformToByteArray()) ?? new Uint8Array();
}
