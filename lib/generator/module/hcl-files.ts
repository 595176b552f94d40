/** Terraform JSON of a module that was written in Terraform's own language. */
import { spawnSync } from "node:child_process";
import path from "node:path";
import { z } from "zod";
import { InputError } from "../../common/errors";
import { providerName } from "../provider-address";
import type { GeneratedFile } from "../synth/tree";

const CONVERTED = z.record(z.string(), z.record(z.string(), z.unknown()));
export const HCL_BLOCKS = z.record(z.string(), z.record(z.string(), z.unknown()));

/** Which file of the tree a block goes to, as for other modules. */
const FILES = {
  versions: ["terraform"],
  variables: ["variable"],
  main: ["locals", "data", "resource", "module", "moved", "check"],
  outputs: ["output"],
} as const;

/** What the converter makes of each file. @param names below the folder */
export function convertedHcl(folder: string, names: readonly string[]): z.infer<typeof CONVERTED> {
  const program = path.join(__dirname, "hcl-json.cjs");
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...names], {
    cwd: folder,
    encoding: "utf8",
  });
  if (status !== 0) throw new InputError(folder, [stderr.trim()]);
  return CONVERTED.parse(JSON.parse(stdout));
}

/** @param folder below the tree */
export function blockFiles(folder: string, header: string, blocks: Readonly<Record<string, unknown>>): GeneratedFile[] {
  return Object.entries(FILES).flatMap(([name, types]) => {
    const own = types.flatMap((type) => {
      const block = blocks[type];
      return block === undefined || Object.keys(Object(block)).length === 0 ? [] : [[type, block] as const];
    });
    if (own.length === 0) return [];
    const content = `${JSON.stringify({ "//": header, ...Object.fromEntries(own) }, null, 2)}\n`;
    return [{ path: `${folder}/${name}.tf.json`, content }];
  });
}

/** A resource or data source, and the provider that Terraform takes for it: the first word of the type, or `provider`. */
export function usedProviders({ resource, data }: { readonly resource?: unknown; readonly data?: unknown }) {
  return [resource, data].flatMap((types) =>
    Object.entries(Object(types)).flatMap(([type, named]) =>
      Object.entries(Object(named)).map(([name, body]) => {
        const { provider = type.split("_")[0] } = Object(body);
        return { block: `${type}.${name}`, provider: providerName(String(provider).replace(/^\$\{(.*)\}$/, "$1")) };
      }),
    ),
  );
}
