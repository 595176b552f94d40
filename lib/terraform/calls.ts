/** Which modules a folder of a generated tree calls. */
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { InputError } from "../common/errors";
import { parsedInput, readText } from "../common/input-file";

const CALLS = z.object({ module: z.record(z.string(), z.object({ source: z.string() })).optional() });
const CONFIGURATION = {
  noun: "Terraform's JSON",
  allowed: "the file that `groundplan synth` writes; run: npm run synth",
};

/**
 * Folders of the modules that a root or a module calls itself, below the tree: `modules/s3`.
 * @throws InputError if one of them is not there, or lies outside the tree.
 */
export function calledFolders(treeFolder: string, folder: string): string[] {
  return configurationFiles(path.join(treeFolder, folder)).flatMap((file) =>
    localSources(file, readText(file, CONFIGURATION.allowed)).map((source) => {
      const called = path.join(folder, source);
      if (called.startsWith("..")) throw outside(file, source, treeFolder);
      if (!existsSync(path.join(treeFolder, called))) throw missing(file, source, path.join(treeFolder, called));
      return called;
    }),
  );
}

/** What can be reached by calls, the start included. */
export function reachable(start: string, callsOf: (folder: string) => readonly string[]): ReadonlySet<string> {
  const found = new Set([start]);
  for (const folder of found) for (const called of callsOf(folder)) found.add(called);
  return found;
}

export function configurationFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".tf.json"))
    .map((name) => path.join(folder, name));
}

/**
 * Sources of the modules that a file calls by a path, relative to the file's folder: `../../modules/s3`.
 * @param text content of a `*.tf.json`
 * @throws InputError if the text is no configuration
 */
export function localSources(place: string, text: string): string[] {
  const { module = {} } = parsedInput(place, text, CALLS, CONFIGURATION);
  return Object.values(module)
    .map((call) => call.source)
    .filter((source) => source.startsWith("."));
}

function outside(file: string, source: string, treeFolder: string): InputError {
  return new InputError(file, [`source: got "${source}"; allowed: a module inside ${treeFolder}`]);
}

function missing(file: string, source: string, folder: string): InputError {
  return new InputError(file, [`source: got "${source}"; allowed: an existing module; ${folder} does not exist`]);
}
