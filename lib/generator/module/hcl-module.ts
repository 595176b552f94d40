/** Generated files of a module that is written in HCL. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { InputError } from "../../common/errors";
import { snakeCase } from "../expression/names";
import type { TerraformType } from "../inputs/types";
import { providerName } from "../providers";
import { isReadByTerraform } from "../synth/foreign-files";
import type { GeneratedFile } from "../synth/tree";
import { blocksOf } from "./hcl-blocks";
import type { Specification } from "./specification";

const CONVERTED = z.record(z.string(), z.record(z.string(), z.unknown()));
const BLOCKS = z.record(z.string(), z.record(z.string(), z.unknown()));

/** The generated file of each block type, as for modules in TypeScript. */
const FILES = {
  versions: ["terraform"],
  variables: ["variable"],
  main: ["locals", "data", "resource", "check"],
  outputs: ["output"],
} as const;

/**
 * The Terraform JSON of the `*.tf` files in the module's folder.
 * @param folder below the project and below the tree: `modules/network`
 * @throws InputError if a block cannot be converted, or if variables or outputs differ from the specification
 */
export function hclModuleFiles(specification: Specification, folder: string, header: string): GeneratedFile[] {
  const blocks = BLOCKS.parse(blocksOf(converted(folder, sourcesIn(folder))));
  const problems = [
    ...differences("variable", blocks.variable ?? {}, specification.inputs),
    ...differences("output", blocks.output ?? {}, specification.outputs),
    ...undeclaredTypes(blocks, specification),
  ];
  if (problems.length > 0) throw new InputError(folder, problems);
  return Object.entries(FILES).flatMap(([name, types]) => {
    const own = types.flatMap((type) => {
      const block = blocks[type];
      return block === undefined || Object.keys(block).length === 0 ? [] : [[type, block] as const];
    });
    if (own.length === 0) return [];
    const content = `${JSON.stringify({ "//": header, ...Object.fromEntries(own) }, null, 2)}\n`;
    return [{ path: `${folder}/${name}.tf.json`, content }];
  });
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

function converted(folder: string, names: readonly string[]): z.infer<typeof CONVERTED> {
  const program = path.join(__dirname, "hcl-json.cjs");
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...names], {
    cwd: folder,
    encoding: "utf8",
  });
  if (status !== 0) throw new InputError(folder, [stderr.trim()]);
  return CONVERTED.parse(JSON.parse(stdout));
}

/** Resources of undeclared providers. The provider is the first word of the type, or the argument `provider`. */
function undeclaredTypes(blocks: z.infer<typeof BLOCKS>, { name: module, providers }: Specification): string[] {
  const declared = new Set(["terraform", ...providers.map(providerName)]);
  return [blocks.resource, blocks.data].flatMap((types) =>
    Object.entries(types ?? {}).flatMap(([type, named]) =>
      Object.entries(Object(named)).flatMap(([name, body]) => {
        const { provider = type.split("_")[0] } = Object(body);
        const used = providerName(String(provider).replace(/^\$\{(.*)\}$/, "$1"));
        if (declared.has(used)) return [];
        const allowed = `${providers.join(", ")}, which module ${module} declares`;
        return [`${type}.${name}: got provider ${used}; allowed: ${allowed}; add "${used}" to its providers`];
      }),
    ),
  );
}

function differences(
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
