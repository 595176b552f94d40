/** The files of a module from elsewhere: its copy in the source as Terraform JSON, with the modules that it calls. */
import path from "node:path";
import { z } from "zod";
import { InputError } from "../../common/errors";
import { providerName } from "../provider-address";
import { type Providers, REQUIRED_TERRAFORM } from "../providers";
import type { GeneratedFile } from "../synth/tree";
import { generatedFrom, vendorFolder } from "./folder";
import { blocksOf } from "./hcl-blocks";
import { blockFiles, convertedHcl, HCL_BLOCKS, usedProviders } from "./hcl-files";
import { declaredApart } from "./hcl-module";
import type { Specification, VendoredCopy } from "./specification";
import { checksumOf, copyFolder, filesOfCopy } from "./vendored-copy";

/** @throws InputError if the copy is not the one that was vendored, or holds what the tree must not have */
export function vendoredFiles(specification: Specification, copy: VendoredCopy, providers: Providers): GeneratedFile[] {
  const { name } = specification;
  const from = copyFolder(name);
  const files = filesOfCopy(from);
  requireChecksum(from, files, copy);
  const converted = convertedHcl(from, files);
  const folders = [...new Set(files.map((file) => path.posix.dirname(file)))];
  return folders.flatMap((folder) => {
    const own = Object.entries(converted).filter(([file]) => path.posix.dirname(file) === folder);
    const blocks = blocksOf(Object.fromEntries(own), "vendored");
    const module = withLocalCalls(HCL_BLOCKS.parse(blocks.module ?? {}), folder, copy, folders, from);
    const isCalled = folder === copy.folder;
    const problems = [
      ...(isCalled ? declaredApart("variable", Object(blocks.variable), specification.inputs) : []),
      ...(isCalled ? declaredApart("output", Object(blocks.output), specification.outputs) : []),
      ...providersApart(blocks, specification, providers),
    ];
    if (problems.length > 0) throw new InputError(path.posix.join(from, folder), problems);
    const terraform = bounded(TERRAFORM.parse(blocks.terraform ?? {}), usedNames(blocks), providers);
    const target = path.posix.join(vendorFolder(name, copy.version), folder);
    return blockFiles(target, generatedFrom(`modules/${name}`), { ...blocks, module, terraform });
  });
}

function requireChecksum(folder: string, files: readonly string[], { source, version, checksum }: VendoredCopy): void {
  if (files.length === 0) throw new InputError(folder, [`got no *.tf files; ${command(source, version)}`]);
  const got = checksumOf(folder, files);
  if (got === checksum) return;
  throw new InputError(folder, [
    `got files with the checksum ${got}; allowed: ${checksum}, as index.ts has it; ${command(source, version)}`,
  ]);
}

function command(source: string, version: string): string {
  return `run: groundplan vendor ${source} ${version}`;
}

/** Calls by a path inside the copy, without versions. */
function withLocalCalls(
  calls: z.infer<typeof HCL_BLOCKS>,
  folder: string,
  copy: VendoredCopy,
  folders: readonly string[],
  from: string,
) {
  return Object.fromEntries(
    Object.entries(calls).map(([id, { version: _, source, ...call }]) => {
      const local = isLocal(source) ? path.posix.join(folder, String(source)) : undefined;
      const target = copy.calls[`${folder} ${id}`] ?? local;
      if (target === undefined || !folders.includes(target)) {
        throw new InputError(`${from}/${folder}`, [
          `module ${id}: got source ${JSON.stringify(source)}, whose files are not in the copy; ` +
            command(copy.source, copy.version),
        ]);
      }
      const relative = path.posix.relative(folder, target);
      return [id, { source: relative.startsWith(".") ? relative : `./${relative}`, ...call }];
    }),
  );
}

function isLocal(source: unknown): boolean {
  return typeof source === "string" && /^\.\.?\//.test(source);
}

const TERRAFORM = z.looseObject({
  required_version: z.string().optional(),
  required_providers: z
    .record(z.string(), z.looseObject({ source: z.string().optional(), version: z.string().optional() }))
    .default({}),
});

/** Local names of the providers that a folder declares or uses. */
function usedNames(blocks: ReturnType<typeof blocksOf>): string[] {
  const { required_providers: required } = TERRAFORM.parse(blocks.terraform ?? {});
  const used = usedProviders(blocks).map(({ provider }) => provider);
  return [...new Set([...Object.keys(required), ...used])].filter((name) => name !== "terraform").sort();
}

/** Modules from elsewhere rarely bound their versions: the ranges of the project's own modules hold for them, too. */
function bounded(block: z.infer<typeof TERRAFORM>, names: readonly string[], providers: Providers) {
  const { required_version: version, required_providers: required, ...others } = block;
  const both = (one: string | undefined, range: string) => (one === undefined ? range : `${one}, ${range}`);
  return {
    required_version: both(version, REQUIRED_TERRAFORM),
    required_providers: Object.fromEntries(
      names.map((name) => [
        name,
        {
          ...required[name],
          source: required[name]?.source ?? providers.source(name),
          version: both(required[name]?.version, providers.range(name)),
        },
      ]),
    ),
    ...others,
  };
}

/** Providers that index.ts does not declare, or that come from another source than the bindings. */
function providersApart(
  blocks: ReturnType<typeof blocksOf>,
  { name: module, providers: addresses }: Specification,
  providers: Providers,
): string[] {
  const declared = new Set(addresses.map(providerName));
  const { required_providers: required } = TERRAFORM.parse(blocks.terraform ?? {});
  return usedNames(blocks).flatMap((name) => {
    if (!declared.has(name)) {
      return [`got provider ${name}; allowed: ${[...declared].join(", ")}, which module ${module} declares`];
    }
    const source = required[name]?.source ?? `hashicorp/${name}`;
    const own = providers.source(name);
    if (fullSource(source) === fullSource(own)) return [];
    return [`provider ${name}: got source ${source}; allowed: ${own}, the source of @cdktf/provider-${name}`];
  });
}

const REGISTRY = "registry.terraform.io/";

function fullSource(source: string): string {
  return source.startsWith(REGISTRY) ? source.slice(REGISTRY.length) : source;
}
