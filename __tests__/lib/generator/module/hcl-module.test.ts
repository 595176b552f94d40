/** A module written by hand: Terraform plans the same from its HCL and from the JSON that synth makes of it. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { defineTerraformModule, sensitive } from "../../../../lib";
import { renderTree, synthesize } from "../../../../lib/generator/synth/synthesize";
import { Configurations, readTree } from "../../../../lib/judgement/configuration";
import { unreviewed } from "../../../../lib/judgement/gate/reviewed";
import { judgeRoot } from "../../../../lib/judgement/guardrails/judge";
import { inOfflineCopy, planJson, readPlan } from "../../../../lib/terraform";
import { describeWithTerraform } from "../../../support/terraform-needed";
import { withVerifiedProvider } from "../../../support/verified-provider";
import { temporaryFolder } from "../../terraform/sample";
import { failure, newRoot } from "../support";

const project = temporaryFolder();
const ROOT = "environments/shop/dev";
const FOLDER = "modules/by-hand";
const start = process.cwd();

beforeAll(() => process.chdir(project));
afterAll(() => process.chdir(start));

const sample = (name: string) => readFileSync(path.join(__dirname, "by-hand", name), "utf8");
const VARIABLES = sample("variables.tf");
const WHOLE = {
  "main.tf": sample("main.tf"),
  "variables.tf": VARIABLES,
  "outputs.tf": sample("outputs.tf"),
  "README.md": "# Notes",
};

function write(files: Readonly<Record<string, string>>): void {
  rmSync(path.join(project, FOLDER), { recursive: true, force: true });
  mkdirSync(path.join(project, FOLDER), { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(project, FOLDER, name)), { recursive: true });
    writeFileSync(path.join(project, FOLDER, name), content);
  }
}

const ByHand = defineTerraformModule({
  name: "by-hand",
  description: "Groups and topics.",
  providers: ["aws", "aws.replica"],
  inputs: {
    groups: z.record(z.string(), z.object({ ports: z.array(z.number()) })).describe("Groups by name."),
    on: z.boolean().default(true).describe("Whether."),
    sizes: z.object({ small: z.number() }).default({ small: 3 }).describe("Sizes."),
    ports: z.array(z.number()).default([80, 443]).describe("Ports."),
    token: sensitive(z.string()).describe("Token."),
  },
  outputs: { names: z.record(z.string(), z.string()).describe("Names.") },
  example: { groups: { web: { ports: [80] } }, token: "t" },
});

function rootWith() {
  const root = newRoot();
  const replica = root.awsAlias("replica", "eu-west-1");
  const inputs = { groups: { web: { ports: [80, 443] }, admin: { ports: [22] } }, token: "t" };
  const hand = new ByHand(root, "hand", inputs, { providers: { "aws.replica": replica } });
  root.output("web", hand.names.at("web"), "Name of the group.");
  return root;
}

describeWithTerraform("a module that is written by hand", () => {
  test("is planned alike from its HCL and from the tree's JSON, which the gate finds reviewed", async () => {
    write(WHOLE);
    synthesize([rootWith()], "terraform");
    const tree = new Configurations(readTree("terraform"));
    const [json, hcl] = await inOfflineCopy("terraform", ROOT, async (copy) => {
      const ready = await withVerifiedProvider(copy);
      const fromJson = await planJson(ready);
      const module = path.join(copy.folder, "../../..", FOLDER);
      for (const name of readdirSync(module)) rmSync(path.join(module, name));
      for (const [name, content] of Object.entries(WHOLE)) writeFileSync(path.join(module, name), content);
      return [fromJson, await planJson(ready)];
    });
    const effects = (text = "") => {
      const { configuration: _, timestamp: __, ...plan } = z.record(z.string(), z.unknown()).parse(JSON.parse(text));
      return plan;
    };
    expect(effects(json)).toEqual(effects(hcl));
    const plan = readPlan("plan", json ?? "");
    expect(plan.resource_changes).toHaveLength(8);
    expect(unreviewed(tree, ROOT, plan)).toEqual([]);
  }, 120_000);
});

test("is read and judged like other modules", () => {
  write(WHOLE);
  const files = new Map(renderTree([rootWith()]).map(({ path: file, content }) => [file, content]));
  const root = new Configurations(files).root(ROOT);
  expect(root.at('module.hand.aws_s3_bucket_lifecycle_configuration.dynamic["web"]')?.values.rule).toMatchObject([
    { id: "port-80" },
    { id: "port-443", noncurrent_version_expiration: [{ noncurrent_days: 444 }] },
    { id: "another-a", expiration: [{ days: 9 }] },
  ]);
  expect(judgeRoot(root, [], "2026-11-22").broken.map(({ guardrail }) => guardrail.id)).toContain("sns-encrypted");
});

test.each<[string, Record<string, string>, string]>([
  [
    "a provisioner",
    { "a.tf": 'resource "terraform_data" "a" {\n  provisioner "local-exec" {\n    command = "id"\n  }\n}\n' },
    "a.tf: resource terraform_data a: got provisioner",
  ],
  [
    "a nested call",
    { "a.tf": 'module "a" {\n  source = "./a"\n}\n' },
    "a.tf: got a block module; allowed: terraform, variable",
  ],
  ["a provider", { "a.tf": 'provider "aws" {\n}\n' }, "a.tf: got a block provider"],
  [
    "a backend",
    { "a.tf": 'terraform {\n  backend "local" {\n  }\n}\n' },
    "a.tf: terraform: got backend; allowed: required_version, required_providers",
  ],
  [
    "a number that loses digits",
    { "a.tf": "locals {\n  a = 12345678901234567890\n}\n" },
    "a.tf: locals: got a number of more than 15 digits",
  ],
  ["a block that is there twice", { "a.tf": "locals {\n  suffix = 1\n}\n" }, "locals suffix: got it twice"],
  [
    "a block beside a dynamic one, whose order would be lost",
    { "a.tf": 'resource "a" "b" {\n  rule {}\n  dynamic "rule" {\n    for_each = []\n    content {}\n  }\n}\n' },
    "a.tf: resource a b\n  got a block rule beside a dynamic one, whose order would be lost; allowed: blocks rule of one kind",
  ],
  [
    "a provider that the module does not declare",
    { "a.tf": 'resource "random_pet" "a" {}\ndata "aws_region" "b" {\n  provider = helm.b\n}\n' },
    'random_pet.a: got provider random; allowed: aws, aws.replica, which module by-hand declares; add "random" to its providers',
  ],
  ["bad syntax", { "a.tf": "resource {" }, "parse config"],
  ["a file of values", { "terraform.tfvars": "" }, "terraform.tfvars: allowed: *.tf in the folder itself"],
  ["an override file", { "a_override.tf": "" }, "a_override.tf: allowed: *.tf in the folder itself"],
  ["a nested folder", { "inner/main.tf": "" }, "inner/main.tf: allowed: *.tf in the folder itself"],
  [
    "another variable",
    { "a.tf": 'variable "more" {\n}\n' },
    "variable more: got none in TypeScript; allowed: the same in both",
  ],
  ["no output", { "outputs.tf": "" }, "output names: got none in the *.tf files; allowed: the same in both"],
  [
    "another default",
    { "variables.tf": VARIABLES.replace("default     = true", "") },
    "variable on: got no default; allowed: one in both, or in neither",
  ],
  [
    "a secret that is shown",
    { "variables.tf": VARIABLES.replace("sensitive   = true", "") },
    "variable token: got sensitive = false; allowed: true, as in TypeScript",
  ],
])("%s is refused by name", (_, files, message) => {
  write({ ...WHOLE, ...files });
  expect(failure(() => renderTree([rootWith()])).message).toContain(message);
});

test("a file that an expression reads is refused", () => {
  write({ ...WHOLE, "a.tf": 'locals {\n  a = file("/etc/hostname")\n}\n' });
  const files = new Map(renderTree([rootWith()]).map(({ path: file, content }) => [file, content]));
  expect(() => new Configurations(files).root(ROOT)).toThrow(
    "locals.a: got file(…) of a file that synth did not write",
  );
});
