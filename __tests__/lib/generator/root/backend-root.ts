/** A root without cloud resources and with the generated backend block, for tests of the backend with Terraform. */
import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import type { StateBackend } from "../../../../lib";
import { renderRoot } from "../../../../lib/generator/root/render";
import { findTerraform } from "../../../../lib/terraform";
import type { LoopbackServers } from "../../../support/loopback";
import { type Answer, answerOf } from "../../cli/project";
import { jsonOf, newRoot } from "../support";

export const KMS_KEY = "arn:aws:kms:eu-central-1:111122223333:alias/state";
export const BUCKET = "shop-state";
export const TABLE = "shop-locks";

const VERSIONS = z.object({ terraform: z.object({ backend: z.unknown() }) });

export class BackendRoot {
  readonly key: string;
  private readonly backend: unknown;

  /** @param environment makes its state one of its own */
  constructor(
    readonly folder: string,
    private readonly servers: LoopbackServers,
    environment: string,
    lock: StateBackend["lock"] = "both",
  ) {
    const backend = { bucket: BUCKET, region: "eu-central-1", kmsKeyArn: KMS_KEY, dynamodbTable: TABLE, lock };
    const files = renderRoot(newRoot({ path: `environments/shop/${environment}`, backend }));
    this.backend = VERSIONS.parse(jsonOf(files, `environments/shop/${environment}/versions.tf.json`)).terraform.backend;
    this.key = `shop/${environment}/terraform.tfstate`;
    mkdirSync(folder);
    this.keepStateIn("the backend");
  }

  /** Other work on the same state, in a folder of its own. */
  copyTo(folder: string): Pick<BackendRoot, "terraform"> {
    cpSync(this.folder, folder, { recursive: true });
    return { terraform: (...args) => answerOf(this.start(args, folder)) };
  }

  keepStateIn(place: "the backend" | "a local file"): void {
    const backend = place === "the backend" ? this.backend : { local: {} };
    this.write("versions.tf.json", { terraform: { backend } });
  }

  data(resources: object): void {
    this.write("main.tf.json", { resource: { terraform_data: resources } });
  }

  /** Terraform, which ends with its answer. */
  terraform(...args: string[]): Promise<Answer> {
    return answerOf(this.start(args));
  }

  /** An apply that has got its lock and goes on until it is let go. */
  async heldApply(): Promise<{ readonly process: ChildProcess; letGo(): void }> {
    const [held, go] = ["held", "go"].map((name) => path.join(this.folder, name));
    const wait = `touch '${held}'; while [ ! -e '${go}' ]; do sleep 0.05; done`;
    this.data({ held: { provisioner: [{ "local-exec": { command: wait } }] } });
    const child = this.start(["apply", "-auto-approve", "-no-color"]);
    while (!existsSync(held ?? "")) await setTimeout(20);
    return { process: child, letGo: () => writeFileSync(go ?? "", "") };
  }

  /** Who holds which lock, as each server says it: an id, or nothing. */
  async locks(): Promise<{ readonly s3?: string; readonly dynamodb?: string }> {
    const file = await fetch(`${this.servers.s3Endpoint}/${BUCKET}/${this.key}.tflock`);
    const item = await fetch(this.servers.dynamodbEndpoint, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": "DynamoDB_20120810.GetItem",
        "x-amz-date": "20200101T000000Z",
        authorization:
          "AWS4-HMAC-SHA256 Credential=a/20200101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=a",
      },
      body: JSON.stringify({ TableName: TABLE, Key: { LockID: { S: `${BUCKET}/${this.key}` } }, ConsistentRead: true }),
    });
    const info = ITEM.parse(await item.json()).Item?.Info.S;
    return {
      ...(file.ok && { s3: LOCK.parse(await file.json()).ID }),
      ...(info !== undefined && { dynamodb: LOCK.parse(JSON.parse(info)).ID }),
    };
  }

  private start(args: readonly string[], folder = this.folder): ChildProcess {
    const environment = { ...process.env, TF_CLI_CONFIG_FILE: undefined, CHECKPOINT_DISABLE: "1", TF_INPUT: "0" };
    return spawn(findTerraform().file, args, {
      cwd: folder,
      env: { ...environment, ...this.servers.environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  private write(name: string, content: object): void {
    writeFileSync(path.join(this.folder, name), JSON.stringify(content));
  }
}

const LOCK = z.object({ ID: z.string() });
const ITEM = z.object({ Item: z.object({ Info: z.object({ S: z.string() }) }).optional() });
