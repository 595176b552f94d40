/** A module from elsewhere, with the modules that it calls, fetched by Terraform. */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { InputError } from "../common/errors";
import { terraformEnvironment } from "./environment";
import { terraform } from "./run";
import { withScratch } from "./workplace";

export interface FetchedModule {
  /** Folder with the `*.tf` files; removed after the work. */
  readonly copy: string;
  /** Folder of the module below the copy; "." for the copy itself. */
  readonly folder: string;
  /** Folders of the modules that it calls by an address, by `<folder of the caller> <call>`. */
  readonly calls: Readonly<Record<string, string>>;
}

/** The call in the scratch root, and the folder of its package below `.terraform/modules`. */
const CALL = "this";

/** Terraform's own note on the modules that it installed. */
const INSTALLED = z.object({
  Modules: z.array(z.object({ Key: z.string(), Source: z.string(), Dir: z.string() })),
});

/**
 * Fetches a module and what it calls, and works with a copy of their `*.tf` files.
 * @throws TerraformError if Terraform cannot fetch it
 */
export function fetchModule<T>(source: string, version: string, work: (fetched: FetchedModule) => T): Promise<T> {
  const call = callOf(source, version);
  return withScratch(async (scratch) => {
    const root = path.join(scratch, "root");
    mkdirSync(root);
    writeFileSync(path.join(root, "main.tf.json"), JSON.stringify({ module: { [CALL]: call } }));
    const environment = { ...terraformEnvironment(scratch, {}), TF_DATA_DIR: undefined };
    await terraform(["get", "-no-color"], { name: source, folder: root, environment });
    const note = readFileSync(path.join(root, ".terraform/modules/modules.json"), "utf8");
    const modules = INSTALLED.parse(JSON.parse(note)).Modules.filter(({ Key }) => Key !== "");
    const copy = path.join(scratch, "copy");
    for (const { Dir } of modules) copyTerraform(path.join(root, Dir), path.join(copy, folderOf(Dir)));
    const folders = new Map(modules.map(({ Key, Dir }) => [Key, folderOf(Dir)]));
    return work({ copy, folder: folders.get(CALL) ?? ".", calls: addressedCalls(modules, folders) });
  });
}

/**
 * A version is an argument of modules from a registry, and a tag or commit of those from Git.
 * @see https://developer.hashicorp.com/terraform/language/modules/sources
 */
function callOf(source: string, version: string): object {
  const refuse = (allowed: string) => new InputError("source", [`got "${source}"; allowed: ${allowed}`]);
  if (/^\.{0,2}\//.test(source)) throw refuse("a source in a registry or in Git, not a path");
  if (/[?&]ref=/.test(source)) throw refuse("a source without ref, which is the version");
  if (REGISTRY.test(source) && !GIT_HOST.test(source)) return { source, version };
  if (!source.startsWith("git::") && !source.startsWith("git@") && !GIT_HOST.test(source)) {
    throw refuse("<namespace>/<name>/<provider> of a registry, git::<address>, or an address at github.com");
  }
  return { source: `${source}${source.includes("?") ? "&" : "?"}ref=${version}` };
}

const REGISTRY = /^(?:[\w.-]+\.[\w.-]+(?::\d+)?\/)?[\w-]+\/[\w-]+\/[\w-]+(?:\/\/.*)?$/;
const GIT_HOST = /^(?:github\.com|bitbucket\.org)\//;

/** The module's own package lies at the top of the copy, and others in `remote/<call>`. */
function folderOf(directory: string): string {
  const [, , key = "", ...inner] = directory.split("/");
  const [, ...calls] = key.split(".");
  return path.posix.join(...(calls.length === 0 ? [] : ["remote", ...calls]), ...inner, ".");
}

function addressedCalls(
  modules: z.infer<typeof INSTALLED>["Modules"],
  folders: ReadonlyMap<string, string>,
): Record<string, string> {
  const calls = modules.flatMap(({ Key, Source }): [string, string][] => {
    const keys = Key.split(".");
    const id = keys.pop() ?? "";
    const [caller, called] = [folders.get(keys.join(".")), folders.get(Key)];
    return caller === undefined || called === undefined || Source.startsWith(".") ? [] : [[`${caller} ${id}`, called]];
  });
  return Object.fromEntries(calls);
}

function copyTerraform(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (/^[^.].*\.tf(?:\.json)?$/.test(entry.name) && entry.isFile()) {
      copyFileSync(path.join(from, entry.name), path.join(to, entry.name));
    }
  }
}
