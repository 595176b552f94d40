/** What holds for every module, those included that are still to be written. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { moduleFolder } from "../../lib/generator/module/folder";
import { renderModule } from "../../lib/generator/module/render";
import type { Specification } from "../../lib/generator/module/specification";
import { providerName } from "../../lib/generator/provider-address";
import { writeTree } from "../../lib/generator/synth/write";
import { inParallel, inRoot, runTerraform, type Workplace } from "../../lib/terraform";
import { contentOf } from "../lib/generator/support";
import { evaluatedCluster } from "../support/evaluated";
import { describeEveryValidation } from "../support/every-validation";
import { PLAN_TIMEOUT } from "../support/planned";
import { describeWithTerraform } from "../support/terraform-needed";
import { withAttachedProvider, withVerifiedProvider } from "../support/verified-provider";

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
  let examples: Result;
  let unformatted: string[];
  let alone: Map<string, Result>;
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "groundplan-modules-"));
    writeModulesAndExamples(folder);
    await inRoot(folder, ".", async (root) => {
      const { stdout } = await runTerraform(["fmt", "-check", "-list=true", "-recursive"], root);
      unformatted = stdout.split("\n").filter((line) => line !== "");
      await withAttachedProvider(await withVerifiedProvider(root), async (workplace) => {
        examples = await validate(workplace);
        const results = await inParallel(validated.filter(standsAlone), async (specification) => {
          const own = { ...workplace, folder: path.join(folder, moduleFolder(specification)) };
          return [specification.name, await validate(own)] as const;
        });
        alone = new Map(results);
      });
    });
  }, PLAN_TIMEOUT);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(validated.filter(standsAlone).map(({ name }) => name))("%s is valid by itself", (name) => {
    expect(alone.get(name)).toEqual({ valid: true, diagnostics: [] });
  });

  test.each(names)("the example in the README of %s is valid", (name) => {
    const about = examples.diagnostics.filter(
      ({ range }) =>
        range === undefined || range.filename === exampleFile(name) || range.filename.startsWith(`modules/${name}/`),
    );
    expect(about).toEqual([]);
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

/** A module with provider aliases is valid only where somebody calls it. */
function standsAlone({ providers }: Specification): boolean {
  return providers.every((address) => !address.includes("."));
}

function exampleFile(name: string): string {
  return names.includes(name) ? `example-${name}.tf` : `${NOT_VALIDATED}/example-${name}.tf`;
}

/** Folder of the examples that need other providers. */
const NOT_VALIDATED = "others";

/** One root beside the folder of modules, in which each example of a README is a file. */
function writeModulesAndExamples(folder: string): void {
  const files = specifications.flatMap((specification) => renderModule(specification));
  writeTree(folder, files);
  mkdirSync(path.join(folder, NOT_VALIDATED));
  for (const { name } of specifications) {
    const example = /```hcl\n([\s\S]*?\n)```/.exec(contentOf(files, `modules/${name}/README.md`))?.[1] ?? "";
    writeFileSync(path.join(folder, exampleFile(name)), example);
  }
  const aliases = new Set(
    specifications.filter((specification) => !standsAlone(specification)).flatMap(({ providers }) => providers),
  );
  const blocks = [...aliases].map((address) => {
    const [provider, alias] = address.split(".");
    return `provider "${provider}" {${alias === undefined ? "" : `\n  alias = "${alias}"\n`}}\n`;
  });
  const required = 'terraform {\n  required_providers {\n    aws = {\n      source = "hashicorp/aws"\n    }\n  }\n}\n';
  writeFileSync(path.join(folder, "providers.tf"), [required, ...blocks].join("\n"));
}

const RESULT = z.object({
  valid: z.boolean(),
  diagnostics: z.array(
    z.object({ summary: z.string(), detail: z.string(), range: z.object({ filename: z.string() }).optional() }),
  ),
});
type Result = z.infer<typeof RESULT>;

async function validate(workplace: Workplace): Promise<Result> {
  const { stdout } = await runTerraform(["validate", "-json"], workplace);
  const { valid, diagnostics } = RESULT.parse(JSON.parse(stdout));
  return { valid, diagnostics: diagnostics.filter(({ summary }) => summary !== OVERRIDDEN) };
}

/** What Terraform warns of where it takes the provider that was verified. */
const OVERRIDDEN = "Provider development overrides are in effect";
