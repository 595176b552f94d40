/** The files of a module. */
import { snakeCase } from "../expression/names";
import { Namespace } from "../expression/namespace";
import { reference } from "../expression/reference";
import { mistake } from "../expression/source";
import { lower } from "../expression/template";
import { terraformKeys } from "../inputs/terraform-keys";
import type { Rule } from "../inputs/validation";
import { interpolation, validationBlock, variableBlock } from "../inputs/variables";
import { type ProviderAddress, providerName } from "../provider-address";
import { Providers, REQUIRED_TERRAFORM } from "../providers";
import { type GeneratedFile, terraformFiles, Verbatim } from "../synth/tree";
import { carriedFiles } from "./carried-files";
import { adoptResources, bodiesOf } from "./cdktf-classes";
import { generatedFrom, moduleFolder } from "./folder";
import { formerBlocks } from "./former-resources";
import { hclModuleFiles } from "./hcl-module";
import { moduleReadme } from "./readme";
import { dependencyOf } from "./resource";
import { ReadyAfter, type Specification } from "./specification";
import { refuseMissingStandIns, standInsFile } from "./stand-ins";
import { refuseUndeclaredProviders } from "./used-providers";
import { vendoredFiles } from "./vendored-files";

export type RenderModule = (specification: Specification, providers: Providers) => readonly GeneratedFile[];

export function renderModule(specification: Specification, providers = new Providers()): GeneratedFile[] {
  if (specification.vendored !== undefined) return vendoredFiles(specification, specification.vendored, providers);
  const folder = moduleFolder(specification);
  const readme = { path: `${folder}/README.md`, content: moduleReadme(specification, providers) };
  const carried = carriedFiles(specification);
  if (specification.isHcl) return [...hclModuleFiles(specification, folder, generatedFrom(folder)), ...carried, readme];
  const scope = new Namespace(folder);
  const values = specification.build(scope, inputReferences(specification, folder), aliasesOf(specification, folder));
  const adopted = adoptResources(scope, specification);
  refuseUndeclaredProviders(specification.name, specification.providers, scope);
  const { resource, data, locals, terraform: _, "//": __, ...other } = scope.toTerraform();
  refuseBlocks(Object.keys(other), specification);
  const former = formerBlocks(scope);
  const blocks = {
    "versions.tf.json": { terraform: requirements(specification.providers, providers) },
    "variables.tf.json": { variable: variables(specification) },
    "main.tf.json": {
      locals,
      check: Object.fromEntries(scope.checks),
      data: bodiesOf(data, { kind: "data.", adopted, owner: folder }),
      ...former,
      resource: bodiesOf(resource, { kind: "", adopted, owner: folder }),
    },
    "outputs.tf.json": { output: outputs(specification, folder, values) },
  };
  const files = terraformFiles(folder, generatedFrom(folder), blocks, scope.sources);
  refuseUnusedInputs(specification, files);
  refuseMissingStandIns(scope);
  return [...files, ...standInsFile(scope), ...carried, readme];
}

/** Refuses what elements of CDKTF write apart from resources: it would be lost. */
function refuseBlocks(names: readonly string[], { name, source }: Specification): void {
  if (names.length === 0) return;
  throw mistake(
    `got ${names.join(", ")} of CDKTF's own classes; allowed: renamedFrom of resource() for a former name, imports of the module's call`,
    `modules/${name}`,
    source,
  );
}

function inputReferences(specification: Specification, owner: string) {
  const entries = Object.entries(specification.inputs).map(([name, type]) => [
    name,
    reference({ hcl: `var.${snakeCase(name)}`, owner }, type),
  ]);
  return Object.fromEntries(entries);
}

function aliasesOf({ providers }: Specification, owner: string) {
  return Object.fromEntries(providers.map((address) => [address, { address, owner }]));
}

function requirements(addresses: readonly ProviderAddress[], providers: Providers) {
  const names = [...new Set(addresses.map(providerName))];
  return {
    required_version: REQUIRED_TERRAFORM,
    required_providers: Object.fromEntries(names.map((name) => [name, requirement(name, addresses, providers)])),
  };
}

function requirement(name: string, addresses: readonly ProviderAddress[], providers: Providers) {
  const aliases = addresses.filter((address) => address.startsWith(`${name}.`));
  return {
    source: providers.source(name),
    version: providers.range(name),
    ...(aliases.length > 0 && { configuration_aliases: aliases }),
  };
}

function variables({ inputs, rules }: Specification) {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, type]) => {
      const own = rules.filter((rule) => rule.inputs[0] === name).map((rule) => ruleValidation(rule, inputs));
      return [snakeCase(name), variableBlock(name, type, own)];
    }),
  );
}

function ruleValidation(rule: Rule<Record<string, unknown>>, inputs: Specification["inputs"]) {
  const got = rule.inputs.map((input) => {
    const name = snakeCase(input);
    const value = inputs[input]?.sensitive ? "a sensitive value" : interpolation(`jsonencode(var.${name})`);
    return `${name}: got ${value}`;
  });
  return validationBlock(rule.condition, `${got.join(", ")}; allowed: ${rule.allowed}`);
}

function outputs({ outputs, source }: Specification, owner: string, values: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, type]) => {
      const value = values[name];
      if (value === undefined) {
        throw mistake(
          `output ${name}: got nothing from build(); allowed: a value for each declared output`,
          owner,
          source,
        );
      }
      const { value: bare, dependencies } = value instanceof ReadyAfter ? value : new ReadyAfter(value, []);
      return [
        snakeCase(name),
        {
          description: new Verbatim(type.description),
          value: lower(terraformKeys(bare, type)),
          ...(type.sensitive && { sensitive: true }),
          ...(dependencies.length > 0 && {
            depends_on: dependencies.map((dependency) => dependencyOf(dependency, owner, `output ${name}`)),
          }),
        },
      ];
    }),
  );
}

/** Rejects an input that no expression reads: it is unused, or used as a condition in TypeScript, where it is always true. */
function refuseUnusedInputs(specification: Specification, files: readonly GeneratedFile[]): void {
  const { inputs, source } = specification;
  const code = files
    .filter((file) => /(main|outputs)\.tf\.json$/.test(file.path))
    .map((file) => file.content)
    .join("");
  const unused = Object.keys(inputs).filter((input) => !new RegExp(`\\bvar\\.${snakeCase(input)}\\b`).test(code));
  if (unused.length > 0) {
    throw mistake(
      `inputs: got ${unused.join(", ")}, which no resource or output reads; allowed: inputs that build() passes to Terraform. ` +
        "A condition in TypeScript does not count: use resourceIf, blockIf or input(ifTrue, ifFalse)",
      moduleFolder(specification),
      source,
    );
  }
}
