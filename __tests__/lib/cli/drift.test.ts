import { S3Object } from "@cdktf/provider-aws/lib/s3-object";
import { z } from "zod";
import { defineModule, Root, resource } from "../../../lib";
import { renderTree } from "../../../lib/generator/synth/synthesize";
import { writeTree } from "../../../lib/generator/synth/write";
import { init, inRoot, runTerraform, TerraformError } from "../../../lib/terraform";
import { type LoopbackServers, startServers } from "../../support/loopback";
import { describeWithTerraform } from "../../support/terraform-needed";
import { CommandFolder } from "../pipeline/github/command";

jest.setTimeout(180_000);

const ROOT = "environments/shop/dev";
const folder = new CommandFolder();

const Note = defineModule({
  name: "note",
  description: "A note in a bucket.",
  inputs: { owner: z.string().describe("Who wrote it."), text: z.string().describe("The text.") },
  outputs: { etag: z.string().describe("Changes with the text.") },
  example: { owner: "shop", text: "example" },
  build(scope, input) {
    const object = resource(scope, S3Object, "this", {
      bucket: "data",
      key: "note",
      content: input.text,
      metadata: { owner: input.owner },
    });
    return { etag: object.etag };
  },
});

/** The tree of a root with one note. */
function write(owner: string, text: string): void {
  const root = new Root({
    path: ROOT,
    source: "main.ts",
    accountId: "111122223333",
    region: "us-east-1",
    backend: {
      bucket: "state",
      region: "us-east-1",
      kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:alias/state",
      dynamodbTable: "locks",
    },
    tags: { CostCenter: "1", App: "shop", Owner: "platform", Env: "dev" },
  });
  new Note(root, "note", { owner, text });
  writeTree(
    `${folder.folder}/terraform`,
    renderTree([root]).map((file) => ({ ...file, content: withoutTags(file.content) })),
  );
}

/** The server keeps no tags of objects: a plan would set them for ever. */
function withoutTags(content: string): string {
  return content.replace(/"default_tags": \[[^\]]*\],/, "");
}

test("an unknown root is a wrong input, not a report", async () => {
  write("shop", "one");
  expect(await folder.run(["drift", "shop/prod", "--report", "r.json"])).toEqual({
    exitCode: 2,
    stdout: "",
    stderr: 'unknown root\n  got "shop/prod"; allowed: shop/dev\n',
  });
});

describeWithTerraform("groundplan drift", () => {
  let servers: LoopbackServers;

  beforeAll(async () => {
    servers = await startServers({ buckets: ["state", "data"], tables: ["locks"] });
    write("shop", "one");
    await inRoot(`${folder.folder}/terraform`, ROOT, async (workplace) => {
      const here = { ...workplace, environment: { ...workplace.environment, ...servers.environment } };
      await init(here);
      const { exitCode, stderr } = await runTerraform(["apply", "-auto-approve", "-no-color"], here);
      if (exitCode !== 0) throw new TerraformError(stderr);
    });
  });

  afterAll(() => servers.stop());

  async function put(object: string, body: string, metadata: Readonly<Record<string, string>> = {}): Promise<void> {
    const { ok, statusText } = await fetch(`${servers.s3Endpoint}/${object}`, {
      method: "PUT",
      body,
      headers: metadata,
    });
    if (!ok) throw new Error(`${object}: ${statusText}`);
  }

  async function drift(environment: Readonly<Record<string, string>> = {}) {
    const answer = await folder.run(["drift", "shop/dev", "--report", "r.json"], {
      ...servers.environment,
      ...environment,
    });
    return { ...answer, report: JSON.parse(folder.read("r.json")) };
  }

  test("a root without changes, while another run holds its lock", async () => {
    await put("state/shop/dev/terraform.tfstate.tflock", "{}");
    expect(await drift()).toMatchObject({
      exitCode: 0,
      stdout: "shop/dev: no changes\n",
      report: { format: 1, root: ROOT, outcome: "none", changes: [] },
    });
  });

  const address = "module.note.aws_s3_object.this";
  const changedOutside = { address, kind: "drift", actions: ["update"], attributes: ["metadata"] };

  test("a change outside of Terraform is reported by name and without values, apart from a merged change", async () => {
    await put("data/note", "one", { "content-type": "application/octet-stream", "x-amz-meta-owner": "mallory" });
    write("shop", "two");
    const { stdout, report } = await drift();
    expect(stdout).toBe("shop/dev: changed outside of Terraform, and has changes that are not applied yet\n");
    expect(report).toEqual({
      format: 1,
      root: ROOT,
      outcome: "both",
      changes: [changedOutside, { address, kind: "unapplied", actions: ["update"], attributes: ["content"] }],
    });
    expect(folder.read("r.json")).not.toContain("mallory");
  });

  test("a root that cannot be planned is reported with exit code 0", async () => {
    const { exitCode, stdout, stderr, report } = await drift({ AWS_PROFILE: "not-there" });
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "shop/dev: could not be planned\n" });
    expect(stderr).toContain("shop/dev: terraform init failed (exit code 1)");
    expect(report).toEqual({
      format: 1,
      root: ROOT,
      outcome: "failed",
      changes: [],
      error: expect.stringMatching(/^Error: .*$/),
    });
  });
});
