/** S3 and DynamoDB for tests, on the loopback interface, for Terraform's backend and the AWS SDK. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";

export interface LoopbackServers {
  /** Environment variables that connect Terraform and the AWS SDK to them, with dummy credentials. */
  readonly environment: Readonly<Record<string, string>>;
  readonly s3Endpoint: string;
  readonly dynamodbEndpoint: string;
  /** Every body of this object, oldest first. */
  versions(bucket: string, key: string): Buffer[];
  /** Headers of the requests with these bodies. */
  headers(bucket: string, key: string): Record<string, string>[];
  stop(): Promise<void>;
}

const PORTS = z.object({ s3: z.number(), dynamodb: z.number(), sts: z.number() });

const HEADERS = z.record(z.string(), z.string());

/** @param tables for Terraform's locks, with the key LockID. Buckets that Terraform creates itself are not needed here. */
export async function startServers(options: {
  readonly buckets: readonly string[];
  readonly tables: readonly string[];
}): Promise<LoopbackServers> {
  const folder = mkdtempSync(path.join(tmpdir(), "groundplan-loopback-"));
  const program = path.join(__dirname, "loopback-servers.mjs");
  const server = spawn(process.execPath, [program, folder, options.buckets.join(), options.tables.join()], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [line] = await once(createInterface(server.stdout), "line");
  const ports = PORTS.parse(JSON.parse(line));
  const s3Endpoint = `http://127.0.0.1:${ports.s3}`;
  const dynamodbEndpoint = `http://127.0.0.1:${ports.dynamodb}`;
  const kept = (bucket: string, key: string, suffix: string) => {
    const name = createHash("sha256").update(`${bucket}/${key}`).digest("hex");
    const puts = path.join(folder, "puts");
    const files = readdirSync(puts).filter((file) => file.endsWith(`${name}${suffix}`));
    return files.sort().map((file) => path.join(puts, file));
  };
  return {
    s3Endpoint,
    dynamodbEndpoint,
    environment: {
      AWS_ENDPOINT_URL_S3: s3Endpoint,
      AWS_ENDPOINT_URL_DYNAMODB: dynamodbEndpoint,
      AWS_ENDPOINT_URL_STS: `http://127.0.0.1:${ports.sts}`,
      // Terraform's backend connects to <bucket>.127.0.0.1, which only a proxy resolves. Loopback addresses use no proxy.
      HTTP_PROXY: s3Endpoint,
      NO_PROXY: "",
      AWS_ACCESS_KEY_ID: "S3RVER",
      AWS_SECRET_ACCESS_KEY: "S3RVER",
      AWS_REGION: "us-east-1",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    },
    versions(bucket, key) {
      return kept(bucket, key, "").map((file) => readFileSync(file));
    },
    headers(bucket, key) {
      return kept(bucket, key, ".headers").map((file) => HEADERS.parse(JSON.parse(readFileSync(file, "utf8"))));
    },
    async stop() {
      const ended = once(server, "exit");
      server.stdin.end();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
