/** A small generated tree, and folders that vanish after the tests of a file. */
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { z } from "zod";
import { defineModule, Root, resource } from "../../../lib";
import { renderTree } from "../../../lib/generator/synth/synthesize";
import { writeTree } from "../../../lib/generator/synth/write";

export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "test-")));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const Bucket = defineModule({
  name: "bucket",
  description: "A bucket.",
  inputs: { name: z.string().describe("Name of the bucket.") },
  outputs: { arn: z.string().describe("ARN of the bucket.") },
  example: { name: "example" },
  build(scope, input) {
    return { arn: resource(scope, S3Bucket, "this", { bucket: input.name }).arn };
  },
});

/** Two roots with a bucket and two provider configurations each: orders/dev and orders/prod. */
export function writeSample(folder: string): void {
  writeTree(folder, renderTree([ordersRoot("dev"), ordersRoot("prod")]));
}

function ordersRoot(environment: string): Root {
  const root = new Root({
    path: `environments/orders/${environment}`,
    source: "main.ts",
    accountId: "111111111111",
    region: "us-east-1",
    backend: {
      bucket: "orders-state",
      region: "us-east-1",
      kmsKeyArn: "arn:aws:kms:us-east-1:111111111111:key/5e9a1b1c-0000-4000-8000-000000000000",
      dynamodbTable: "orders-lock",
    },
    tags: { CostCenter: "1", App: "orders", Owner: "platform", Env: environment },
  });
  root.awsAlias("replica", "us-west-2");
  const bucket = new Bucket(root, "bucket", { name: `orders-${environment}` });
  root.output("bucketArn", bucket.arn, "ARN of the bucket.");
  return root;
}
