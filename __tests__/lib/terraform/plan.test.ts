import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { offlinePlan, validate } from "../../../lib/terraform";
import { describeWithTerraform } from "../../support/terraform-needed";
import { temporaryFolder, writeSample } from "./sample";

jest.setTimeout(120_000);

const DEV = "environments/orders/dev";
const folder = temporaryFolder();
const rootFile = (name: string) => path.join(folder, DEV, name);

describeWithTerraform("Terraform, run on a copy of a root", () => {
  beforeEach(() => writeSample(folder));

  test("plans every resource with its values resolved, and leaves the tree as it was", async () => {
    const before = readdirSync(folder, { recursive: true });
    const { resource_changes: changes } = await offlinePlan(folder, DEV);
    expect(changes).toMatchObject([
      {
        address: "module.bucket.aws_s3_bucket.this",
        module_address: "module.bucket",
        mode: "managed",
        type: "aws_s3_bucket",
        name: "this",
        change: {
          actions: ["create"],
          before: null,
          after: expect.objectContaining({ bucket: "orders-dev", tags_all: expect.objectContaining({ Env: "dev" }) }),
          after_unknown: expect.objectContaining({ arn: true }),
        },
      },
    ]);
    expect(readdirSync(folder, { recursive: true })).toEqual(before);
  });

  test("makes the same plan with any credentials and variables of the user", async () => {
    const personal = { AWS_PROFILE: "gone", AWS_REGION: "eu-west-1", TF_WORKSPACE: "other", TF_CLI_ARGS_plan: "-nope" };
    const plain = await offlinePlan(folder, DEV);
    Object.assign(process.env, personal);
    try {
      expect(await offlinePlan(folder, DEV)).toEqual(plain);
    } finally {
      for (const name of Object.keys(personal)) delete process.env[name];
    }
  });

  test("refuses a provider that differs from the committed lock file", async () => {
    const checksum = "h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    const lock = `provider "registry.terraform.io/hashicorp/aws" {\n  version = "5.100.0"\n  hashes  = [\n    "${checksum}",\n  ]\n}\n`;
    writeFileSync(rootFile(".terraform.lock.hcl"), lock);
    await expect(offlinePlan(folder, DEV)).rejects.toThrow(
      `got the hash ${checksum}; allowed: the known ones of 5.100.0`,
    );
    expect(readFileSync(rootFile(".terraform.lock.hcl"), "utf8")).toBe(lock);
    rmSync(rootFile(".terraform.lock.hcl"));
  });

  test("answers with Terraform's own words where a root is invalid", async () => {
    writeFileSync(rootFile("outputs.tf.json"), JSON.stringify({ output: { arn: { value: `\${module.gone.arn}` } } }));
    const words = /^orders\/dev: terraform (plan|validate) failed \(exit code 1\)\n[\s\S]*module call named "gone"/;
    await expect(offlinePlan(folder, DEV)).rejects.toThrow(words);
    await expect(validate(folder, DEV)).rejects.toThrow(words);
  });
});
