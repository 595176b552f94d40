/** What holds for every module, those included that are still to be written. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { snakeCase } from "../../lib/generator/expression/names";
import { renderModule } from "../../lib/generator/module/render";
import type { Specification } from "../../lib/generator/module/specification";
import { providerName } from "../../lib/generator/provider-address";
import { type GeneratedFile, jsonFile, Template } from "../../lib/generator/synth/tree";
import { writeTree } from "../../lib/generator/synth/write";
import { inRoot, runTerraform, type Workplace } from "../../lib/terraform";
import { contentOf } from "../lib/generator/support";
import { evaluatedCluster } from "../support/evaluated";
import { describeEveryValidation } from "../support/every-validation";
import { PLAN_TIMEOUT } from "../support/planned";
import { describeWithTerraform } from "../support/terraform-needed";
import { withVerifiedProvider } from "../support/verified-provider";

interface ModuleClass {
  readonly specification: Specification;
}

const modulesFolder = path.join(__dirname, "../../modules");
const folders = readdirSync(modulesFolder);
const modules = folders.map((folder) => ({ folder, classes: modulesIn(path.join(modulesFolder, folder)) }));
const specifications = modules.flatMap(({ classes }) => classes.map(({ specification }) => specification));
/** Terraform validates these: the tests have the binary of the AWS provider alone. */
const validated = specifications.filter(({ providers }) => providers.every((name) => providerName(name) === "aws"));
const names = validated.map(({ name }) => name);
const evaluated = specifications.filter((specification) => !validated.includes(specification));

test.each(modules)("the folder $folder contains exactly the module of its name", ({ folder, classes }) => {
  expect(classes.map(({ specification }) => specification.name)).toEqual([folder]);
});

describeEveryValidation(modules.flatMap(({ classes }) => classes));

/** What TypeScript checks against the bindings is evaluated, for providers whose binaries are not there. */
test.each(evaluated.map(({ name }) => [name, name]))("the example of %s can be evaluated", (name) => {
  const { resources } = evaluatedCluster((root) => {
    const specification = evaluated.find((one) => one.name === name);
    if (specification === undefined) throw new Error(`no module ${name}`);
    root.call({ id: "example", specification, inputs: specification.example, providers: {}, source: () => "here" }, []);
  });
  expect(resources.length).toBeGreaterThan(0);
});

describeWithTerraform("every module", () => {
  let folder: string;
  let diagnostics: readonly Diagnostic[];
  let unformatted: string[];
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "groundplan-modules-"));
    writeModulesAndCalls(folder);
    await inRoot(folder, ".", async (root) => {
      const { stdout } = await runTerraform(["fmt", "-check", "-list=true", "-recursive"], root);
      unformatted = stdout.split("\n").filter((line) => line !== "");
      diagnostics = await validate(await withVerifiedProvider(root));
    });
  }, PLAN_TIMEOUT);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Of the module itself, of a file that calls it, and of nothing in particular. */
  const about = (name: string, file: string) =>
    diagnostics.filter(
      ({ range }) => range === undefined || range.filename === file || range.filename.startsWith(`modules/${name}/`),
    );

  test.each(names)("%s is valid whatever its inputs are", (name) => {
    expect(about(name, unknownFile(name))).toEqual([]);
  });

  test.each(names)("the example in the README of %s is valid", (name) => {
    expect(about(name, exampleFile(name))).toEqual([]);
  });

  test.each(specifications.map(({ name }) => name))("the example of %s has the format of terraform fmt", (name) => {
    expect(unformatted).not.toContain(exampleFile(name));
  });
});

function modulesIn(folder: string): ModuleClass[] {
  const exported: unknown = require(folder);
  return Object.values(Object(exported)).filter(isModuleClass);
}

function isModuleClass(value: unknown): value is ModuleClass {
  return typeof value === "function" && "specification" in value;
}

/** A call with values that Terraform does not know yet. */
function unknownFile(name: string): string {
  return `unknown-${name}.tf.json`;
}

function exampleFile(name: string): string {
  return names.includes(name) ? `example-${name}.tf` : `${NOT_VALIDATED}/example-${name}.tf`;
}

/** Folder of the examples that need other providers. */
const NOT_VALIDATED = "others";

/** One root beside the folder of modules, in which each example of a README is a file, and each call with unknown values. */
function writeModulesAndCalls(folder: string): void {
  const files = specifications.flatMap((specification) => renderModule(specification));
  const anything = jsonFile("variables.tf.json", "anything", { variable: { unknown: { type: "any" } } });
  writeTree(folder, [...files, anything, ...validated.map(callWithUnknown)]);
  mkdirSync(path.join(folder, NOT_VALIDATED));
  for (const { name } of specifications) {
    const example = /```hcl\n([\s\S]*?\n)```/.exec(contentOf(files, `modules/${name}/README.md`))?.[1] ?? "";
    writeFileSync(path.join(folder, exampleFile(name)), example);
  }
  const configurations = new Set(validated.filter(isWithAlias).flatMap(({ providers }) => providers));
  const blocks = [...configurations].map((address) => {
    const [provider, alias] = address.split(".");
    return `provider "${provider}" {${alias === undefined ? "" : `\n  alias = "${alias}"\n`}}\n`;
  });
  const required = 'terraform {\n  required_providers {\n    aws = {\n      source = "hashicorp/aws"\n    }\n  }\n}\n';
  writeFileSync(path.join(folder, "providers.tf"), [required, ...blocks].join("\n"));
}

/** A call of such a module names each provider that it passes. */
function isWithAlias({ providers }: Specification): boolean {
  return providers.some((address) => address.includes("."));
}

/** Terraform looks at every type and reference of the module, and no value hides another. */
function callWithUnknown(specification: Specification): GeneratedFile {
  const { name, providers, inputs: types } = specification;
  const inputs = Object.keys(types).map((input) => [snakeCase(input), new Template("${var.unknown}")]);
  const call = {
    source: `./modules/${name}`,
    ...(isWithAlias(specification) && { providers: Object.fromEntries(providers.map((name) => [name, name])) }),
    ...Object.fromEntries(inputs),
  };
  return jsonFile(unknownFile(name), name, { module: { [`unknown_${name}`]: call } });
}

const RESULT = z.object({
  diagnostics: z.array(
    z.object({ summary: z.string(), detail: z.string(), range: z.object({ filename: z.string() }).optional() }),
  ),
});
type Diagnostic = z.infer<typeof RESULT>["diagnostics"][number];

async function validate(workplace: Workplace): Promise<Diagnostic[]> {
  const { stdout } = await runTerraform(["validate", "-json"], workplace);
  return RESULT.parse(JSON.parse(stdout)).diagnostics.filter(({ summary }) => summary !== OVERRIDDEN);
}

/** What Terraform warns of where it takes the provider that was verified. */
const OVERRIDDEN = "Provider development overrides are in effect";
