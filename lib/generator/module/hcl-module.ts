/** Generated files of a module that is written in HCL. */
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { InputError } from "../../common/errors";
import { snakeCase } from "../expression/names";
import type { TerraformType } from "../inputs/types";
import { providerName } from "../provider-address";
import { isReadByTerraform } from "../synth/foreign-files";
import type { GeneratedFile } from "../synth/tree";
import { blocksOf } from "./hcl-blocks";
import { blockFiles, convertedHcl, HCL_BLOCKS, usedProviders } from "./hcl-files";
import type { Specification } from "./specification";

/**
 * The Terraform JSON of the `*.tf` files in the module's folder.
 * @param folder below the project and below the tree: `modules/network`
 * @throws InputError if a block cannot be converted, or if variables or outputs differ from the specification
 */
export function hclModuleFiles(specification: Specification, folder: string, header: string): GeneratedFile[] {
  const blocks = HCL_BLOCKS.parse(blocksOf(convertedHcl(folder, sourcesIn(folder))));
  const problems = [
    ...declaredApart("variable", blocks.variable ?? {}, specification.inputs),
    ...declaredApart("output", blocks.output ?? {}, specification.outputs),
    ...undeclaredTypes(blocks, specification),
  ];
  if (problems.length > 0) throw new InputError(folder, problems);
  return blockFiles(folder, header, blocks);
}

/** @throws InputError if the folder holds further files that Terraform reads, other than `*.tf` */
function sourcesIn(folder: string): string[] {
  const names = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: "utf8" }) : [];
  const read = names.filter((name) => isReadByTerraform(path.basename(name))).sort();
  const others = read.filter((name) => !/^[^/\\]+\.tf$/.test(name) || /(?:^|_)override\.tf$/.test(name));
  const allowed = "allowed: *.tf in the folder itself, without override files";
  if (others.length > 0)
    throw new InputError(
      folder,
      others.map((name) => `${name}: ${allowed}`),
    );
  if (read.length === 0) throw new InputError(folder, [`got no Terraform files; ${allowed}`]);
  return read;
}

/** Types whose provider the module does not declare. */
function undeclaredTypes(
  blocks: Readonly<Record<string, unknown>>,
  { name: module, providers }: Specification,
): string[] {
  const declared = new Set(["terraform", ...providers.map(providerName)]);
  return usedProviders(blocks).flatMap(({ block, provider }) => {
    if (declared.has(provider)) return [];
    const allowed = `${providers.join(", ")}, which module ${module} declares`;
    return [`${block}: got provider ${provider}; allowed: ${allowed}; add "${provider}" to its providers`];
  });
}

/** One line for each variable or output that the Terraform and the TypeScript do not declare alike. */
export function declaredApart(
  kind: "variable" | "output",
  written: Readonly<Record<string, unknown>>,
  declared: Readonly<Record<string, TerraformType>>,
): string[] {
  const types = new Map(Object.entries(declared).map(([name, type]) => [snakeCase(name), type]));
  const inHcl = Object.keys(written);
  return [
    ...inHcl
      .filter((name) => !types.has(name))
      .map((name) => `${kind} ${name}: got none in TypeScript; allowed: the same in both`),
    ...[...types].flatMap(([name, type]) => {
      const block = written[name];
      if (typeof block !== "object" || block === null) {
        return [`${kind} ${name}: got none in the *.tf files; allowed: the same in both`];
      }
      const isSensitive = "sensitive" in block && block.sensitive === true;
      const isOptional = "default" in block;
      return [
        ...(isSensitive === type.sensitive
          ? []
          : [`${kind} ${name}: got sensitive = ${isSensitive}; allowed: ${type.sensitive}, as in TypeScript`]),
        ...(kind === "output" || isOptional === (type.default !== undefined)
          ? []
          : [`${kind} ${name}: got ${isOptional ? "a" : "no"} default; allowed: one in both, or in neither`]),
      ];
    }),
  ];
}
