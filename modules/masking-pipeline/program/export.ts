/** The export: a dump of the masked database as one object. Dead rows, which a snapshot would contain, are not in a dump. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { RECORDS } from "./catalog";
import { type Login, READER } from "./database";

/** 10,000 parts of this size are 625 GiB, and one fits into the memory of the task. */
const PART_BYTES = 64 * 1024 * 1024;

const s3 = new S3Client({});

/** A dump that fails leaves an incomplete upload, which nobody can read and the bucket deletes after some days. */
export async function exportDump(login: Login, Bucket: string, Key: string): Promise<void> {
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
  const upload = { Bucket, Key, UploadId };
  const Parts = await uploadParts(login, upload);
  await s3.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }));
}

interface Upload {
  readonly Bucket: string;
  readonly Key: string;
  readonly UploadId: string | undefined;
}

/** @throws Error if pg_dump fails, so that no part of a dump becomes an object */
async function uploadParts({ username, password }: Login, upload: Upload): Promise<CompletedPart[]> {
  const flags = ["--format=custom", "--no-owner", "--no-privileges", "--no-password"];
  const dump = spawn("pg_dump", [...flags, `--role=${READER}`, `--exclude-schema=${RECORDS}`], {
    env: { ...process.env, PGUSER: username, PGPASSWORD: password, PGSSLMODE: "verify-full" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(dump, "close");
  const parts: CompletedPart[] = [];
  for await (const Body of partsOf(dump.stdout)) {
    const PartNumber = parts.length + 1;
    const { ETag } = await s3.send(new UploadPartCommand({ ...upload, PartNumber, Body }));
    parts.push({ PartNumber, ...(ETag !== undefined && { ETag }) });
  }
  const [code] = await ended;
  if (code !== 0) throw new Error(`pg_dump: got the exit code ${code}`);
  return parts;
}

async function* partsOf(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    length += chunk.length;
    if (length < PART_BYTES) continue;
    yield Buffer.concat(chunks);
    [chunks, length] = [[], 0];
  }
  if (length > 0) yield Buffer.concat(chunks);
}
