/** Copies an earlier version of an object over the current one. Nothing is deleted: the current one stays as a version. */
import {
  CopyObjectCommand,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { InputError } from "../../common/errors";
import { aws, ServiceError } from "./failure";
import type { Work } from "./waiting";

export interface ObjectRollback {
  readonly bucket: string;
  readonly key: string;
  readonly version: string;
  readonly dryRun?: true;
}

/**
 * Beyond this an object has to be copied in parts.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
 */
const COPY_LIMIT_GIB = 5;

/** @throws InputError @throws ServiceError */
export async function rollbackObject(request: ObjectRollback, work: Work): Promise<void> {
  const s3 = new S3Client();
  const { bucket, key, version } = request;
  const place = `s3://${bucket}/${key}`;
  // Requested first, so that a refusal of every request is not reported as an unknown version.
  const current = await head(s3, request);
  const earlier = await head(s3, request, version);
  if (earlier === "missing" || earlier === "delete marker") {
    const got = earlier === "missing" ? "which does not exist" : "which is a delete marker";
    throw new InputError("--version", [`got ${version}, ${got}; allowed: a version of ${place}`]);
  }
  work.report(`from: ${described(current)}`);
  work.report(`to: ${described(earlier)}`);
  if (typeof current === "object" && current.VersionId === version) {
    work.report(`${place} already has version ${version}`);
    return;
  }
  const bytes = earlier.ContentLength ?? 0;
  if (bytes > COPY_LIMIT_GIB * 1024 ** 3) {
    throw new ServiceError(
      `${place} has ${bytes} bytes; allowed: ${COPY_LIMIT_GIB} GiB, the most that S3 copies in one call`,
    );
  }
  const input = { Bucket: bucket, Key: key, CopySource: copySource(request), CopySourceIfMatch: earlier.ETag };
  if (request.dryRun) {
    work.report(`would call s3:CopyObject: ${JSON.stringify(input)}`);
    work.report("dry run: nothing was changed");
    return;
  }
  const { VersionId } = await aws("s3:CopyObject", place, () => s3.send(new CopyObjectCommand(input)));
  work.report(`${place} has version ${VersionId ?? "null"}, a copy of ${version}`);
}

/** Whether a version is there, or the current one. S3 answers 405 to the question for a delete marker. */
async function head(
  s3: S3Client,
  { bucket, key }: ObjectRollback,
  version?: string,
): Promise<HeadObjectCommandOutput | "missing" | "delete marker"> {
  return aws("s3:HeadObject", `s3://${bucket}/${key}`, async () => {
    try {
      return await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key, VersionId: version }));
    } catch (error) {
      const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
      if (status === 405) return "delete marker";
      // S3 answers 400 to an invalid version id.
      if (status === 404 || (status === 400 && version !== undefined)) return "missing";
      throw error;
    }
  });
}

/** Each part of the key is encoded, as S3 decodes the header. */
function copySource({ bucket, key, version }: ObjectRollback): string {
  return `${bucket}/${key.split("/").map(encodeURIComponent).join("/")}?versionId=${encodeURIComponent(version)}`;
}

function described(object: HeadObjectCommandOutput | "missing" | "delete marker"): string {
  if (typeof object === "string") return object === "missing" ? "no current version" : object;
  return `version ${object.VersionId}, ${object.ContentLength} bytes, of ${object.LastModified?.toISOString()}`;
}
