import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import fc from "fast-check";
import { z } from "zod";
import {
  defineModule,
  filter,
  isSet,
  jsonencode,
  local,
  resource,
  resourceForEach,
  resourceIf,
  sensitive,
  set,
  sizing,
  text,
} from "../../../lib";
import { printHcl } from "../../../lib/generator/expression/template";
import { renderModule } from "../../../lib/generator/module/render";
import { jsonFile } from "../../../lib/generator/synth/tree";
import { writeTree } from "../../../lib/generator/synth/write";
import { init, inOfflineCopy, planJson, runTerraform, validate } from "../../../lib/terraform";
import { describeEveryValidation } from "../../support/every-validation";
import { describeWithTerraform } from "../../support/terraform-needed";
import { contentOf, deployTime } from "./support";

/** Every kind of input, and resources that use them. */
const Fixture = defineModule({
  name: "fixture",
  description: "One of everything.",
  providers: ["aws", "aws.replica"],
  inputs: {
    name: text(/^[a-z][a-z0-9-]+$/, "lower-case letters, digits and hyphens").describe("Name."),
    note: z.string().min(2).max(200).default("${aws:username} %{ if }").describe("Note with ${literal} %{templates}."),
    engine: z.enum(["postgres", 'a "quoted" ${one}']).default("postgres").describe("Engine."),
    retentionDays: sizing(z.literal([1, 7, 30]).default(7)).describe("Days."),
    port: z.int().min(1).max(65535).default(5432).describe("Port."),
    threshold: z.number().min(0).max(100).nullable().default(null).describe("Percent."),
    sizeGiB: z.int().min(20).multipleOf(5).default(20).describe("Size."),
    ratio: z.number().positive().lt(1).default(0.5).describe("Ratio."),
    encrypted: z.boolean().default(true).describe("Whether it is encrypted."),
    password: sensitive(z.string().min(8)).describe("Password."),
    cidr: z.cidrv4().describe("Addresses."),
    zones: set(z.string().regex(/^[a-z]{2}-[a-z]+-\d[a-f]$/))
      .min(1)
      .max(3)
      .describe("Zones."),
    rules: z
      .array(z.object({ fromPort: z.int().min(0), protocol: z.enum(["tcp", "udp"]).default("tcp") }))
      .max(2)
      .describe("Rules."),
    subnets: z
      .record(
        text(/^[a-z]+\/[a-z]$/, "a tier, a slash and a zone's letter", "Public"),
        z.object({
          cidr: z.cidrv4(),
          hosts: z.array(z.string().min(3)).optional(),
          weight: z.int().max(9).nullable().default(null),
        }),
      )
      .describe("Subnets."),
    window: z
      .object({ startHour: z.int().min(0).max(23), day: z.string().min(3).optional() })
      .nullable()
      .default(null)
      .describe("Window."),
    labels: z.record(z.string(), z.string().max(5)).default({}).describe("Labels."),
  },
  outputs: {
    everything: sensitive(z.string()).describe("All inputs."),
    note: z.string().describe("The note."),
    arns: z.record(z.string(), z.string()).describe("ARNs."),
    spare: z.object({ arnOrNull: z.string().nullable() }).describe("The spare."),
  },
  rules: [
    {
      inputs: ["engine", "port"],
      allowed: "postgres with a port above 1023",
      holds: ({ engine, port }) => engine !== "postgres" || port > 1023,
      condition: 'var.engine != "postgres" || var.port > 1023',
      counterexample: { port: 80 },
    },
    {
      inputs: ["password", "name"],
      allowed: "a password other than the name",
      holds: ({ password, name }) => password !== name,
      condition: "var.password != var.name",
      counterexample: { name: "the-same-text", password: "the-same-text" },
    },
  ],
  example: {
    name: "orders",
    password: "not a real one",
    cidr: "10.0.0.0/16",
    zones: ["eu-central-1a"],
    rules: [{ fromPort: 443 }, { fromPort: 53, protocol: "udp" }],
    subnets: {
      "private/a": { cidr: "10.0.1.0/24", hosts: ["one", "two"], weight: 5 },
      "public/a": { cidr: "10.0.2.0/24" },
    },
    window: { startHour: 3, day: "sun" },
    labels: { team: "web" },
  },
  build(scope, input, providers) {
    const all = local(scope, "all", Object.fromEntries(Object.entries(input)));
    const each = resourceForEach(scope, SsmParameter, "each", input.subnets, (value, key) => ({
      name: `/${input.name}/${key}`,
      type: input.encrypted("SecureString", "String"),
      value: value.cidr,
    }));
    const heavy = filter(input.subnets, (value) => isSet(value.weight));
    resourceForEach(scope, SsmParameter, "heavy", heavy, (value, key) => ({
      name: `/heavy/${key}`,
      type: "String",
      value: `${value.weight}`,
    }));
    const spare = resourceIf(scope, SsmParameter, "spare", isSet(input.window), {
      name: "/spare",
      type: "String",
      value: "1",
      provider: providers["aws.replica"],
    });
    resource(scope, SsmParameter, "literal", {
      name: "/literal",
      type: "String",
      value: `${"${aws:username}"} costs $${input.port} or 5%${input.port}`,
      dependsOn: [each],
    });
    return {
      everything: jsonencode(all),
      note: input.note,
      arns: each.all("arn"),
      spare: { arnOrNull: spare.get("arn") },
    };
  },
});

describeEveryValidation([Fixture]);

describeWithTerraform("real Terraform", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "groundplan-terraform-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const put = (file: string, content: string) => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), content);
  };

  /** The outputs' values of a plan of a root that has no resource. */
  async function evaluated(root: string): Promise<Record<string, unknown>> {
    const json = await inOfflineCopy(folder, root, async (workplace) => {
      await init(workplace);
      return planJson(workplace);
    });
    const plan = z.object({
      planned_values: z.object({ outputs: z.record(z.string(), z.object({ value: z.unknown() })) }),
    });
    return Object.fromEntries(
      Object.entries(plan.parse(JSON.parse(json)).planned_values.outputs).map(([name, { value }]) => [name, value]),
    );
  }

  test("validates the module and the example of its README, which terraform fmt does not change", async () => {
    const files = renderModule(Fixture.specification);
    const usage = /```hcl\n([\s\S]+?)\n```/.exec(contentOf(files, "modules/fixture/README.md"))?.[1] ?? "";
    writeTree(path.join(folder, "example"), files);
    const provider =
      'provider "aws" {\n  region = "eu-central-1"\n}\n\nprovider "aws" {\n  alias  = "replica"\n  region = "eu-west-1"\n}\n';
    put("example/main.tf", `${usage}\n\n${provider}`);
    await validate(path.join(folder, "example"), ".");
    await inOfflineCopy(path.join(folder, "example"), ".", async (workplace) => {
      const { stdout, exitCode } = await runTerraform(["fmt", "-check", "-diff", "-no-color"], workplace);
      expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 0 });
    });
  }, 120_000);

  test("plans the example: literal templates keep their text, and instances have the keys of the input", async () => {
    put("example/providers.tf.json", JSON.stringify({ output: { note: { value: "${module.fixture.note}" } } }));
    const json = await inOfflineCopy(path.join(folder, "example"), ".", async (workplace) => {
      writeFileSync(path.join(workplace.folder, "offline_override.tf"), OFFLINE);
      await init(workplace);
      return planJson(workplace);
    });
    const changes = z
      .object({
        resource_changes: z.array(
          z.object({ address: z.string(), change: z.object({ after: z.object({ value: z.string() }) }) }),
        ),
      })
      .parse(JSON.parse(json)).resource_changes;
    expect(Object.fromEntries(changes.map(({ address, change }) => [address, change.after.value]))).toEqual({
      'module.fixture.aws_ssm_parameter.each["private/a"]': "10.0.1.0/24",
      'module.fixture.aws_ssm_parameter.each["public/a"]': "10.0.2.0/24",
      'module.fixture.aws_ssm_parameter.heavy["private/a"]': "5",
      "module.fixture.aws_ssm_parameter.literal": "${aws:username} costs $5432 or 5%5432",
      "module.fixture.aws_ssm_parameter.spare[0]": "1",
    });
    expect(JSON.parse(json)).toHaveProperty("planned_values.outputs.note.value", "${aws:username} %{ if }");
  }, 120_000);

  test("reads the same JSON value from HCL and from Terraform JSON", async () => {
    const string = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.string({
        unit: fc.constantFrom("$", "%", "{", "}", '"', "\\", "\n", "\r", "\t", "a", " ", "\u2028", "\u0007", "é"),
      }),
    );
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        string,
        fc.integer(),
        fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }),
        fc.boolean(),
        fc.array(tie("value"), { maxLength: 4 }),
        fc.dictionary(string, tie("value"), { maxKeys: 4, noNullPrototype: true }),
      ),
    }));
    const values = fc
      .sample(value, { numRuns: 300, seed: 2 })
      .map((item) => JSON.parse(JSON.stringify(item).normalize("NFC")));
    const printed = values.map((item, i) => `output "hcl_${i}" {\n  value = jsonencode(${printHcl(item)})\n}\n`);
    put("round/main.tf", printed.join("\n"));
    const output = Object.fromEntries(values.map((item, i) => [`json_${i}`, { value: item }]));
    put("round/json.tf.json", jsonFile("json.tf.json", "round", { output }).content);
    const outputs = await evaluated("round");
    for (const [i, item] of values.entries()) {
      expect(JSON.parse(String(outputs[`hcl_${i}`]))).toEqual(item);
      expect(outputs[`json_${i}`]).toEqual(item);
    }
  }, 60_000);

  test("keeps the text around an expression, with adjacent dollar and percent signs", async () => {
    const text = fc.string({ unit: fc.constantFrom("$", "%", "{", "}", '"', "\\", "\n", "a"), maxLength: 6 });
    const texts = fc.sample(fc.tuple(text, text, text), { numRuns: 200, seed: 3 });
    const v = deployTime<string>("local.v", "templates");
    const templates = texts.map(([a, b, c]) => `${a}${v}${b}${v}${c}`);
    put(
      "templates/main.tf",
      templates.map((template, i) => `output "hcl_${i}" {\n  value = ${printHcl(template)}\n}\n`).join("\n"),
    );
    const output = Object.fromEntries(templates.map((template, i) => [`json_${i}`, { value: template }]));
    put("templates/json.tf.json", jsonFile("json.tf.json", "templates", { locals: { v: "V" }, output }).content);
    const outputs = await evaluated("templates");
    const expected = texts.map(([a, b, c]) => `${a}V${b}V${c}`);
    expect(texts.map((_, i) => outputs[`hcl_${i}`])).toEqual(expected);
    expect(texts.map((_, i) => outputs[`json_${i}`])).toEqual(expected);
  }, 60_000);
});

/** Provider configurations that need no account, over those of the example. */
const OFFLINE = ["", '  alias = "replica"\n']
  .map(
    (alias) => `provider "aws" {
${alias}  region                      = "eu-central-1"
  access_key                  = "offline"
  secret_key                  = "offline"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}
`,
  )
  .join("\n");
