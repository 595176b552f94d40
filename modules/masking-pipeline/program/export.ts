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
import { z } from "zod";
import { RECORDS } from "./catalog";
import { connected, type Login, READER, run } from "./database";

/** Metadata of a dump: when its database passed the check. */
export const CHECK = "masking-check";

export const CHECK_TIME = z.iso.datetime();

/** 10,000 parts of this size are 625 GiB, and one fits into the memory of the task. */
const PART_BYTES = 64 * 1024 * 1024;

const s3 = new S3Client({});

/** A dump that fails leaves an incomplete upload, which nobody can read and the bucket deletes after some days. */
export async function exportDump(login: Login, Bucket: string, Key: string): Promise<void> {
  const Metadata = { [CHECK]: await checkedAt(login) };
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key, Metadata }));
  const upload = { Bucket, Key, UploadId };
  const Parts = await uploadParts(login, upload);
  await s3.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }));
}

/** @throws Error if the masked database has not passed the check */
async function checkedAt(login: Login): Promise<string> {
  const rows = await connected(login, (client) =>
    run(client, "check", `SELECT max(passed_at) AS time FROM ${RECORDS}.checks`),
  );
  const [time] = rows.map((row) => row.time);
  if (!(time instanceof Date)) throw new Error("check: got none that passed; allowed: a database that verify accepted");
  return time.toISOString();
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
