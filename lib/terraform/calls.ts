/** Which modules a folder of a generated tree calls. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { InputError } from "../common/errors";

const CALLS = z.object({ module: z.record(z.string(), z.object({ source: z.string() })).optional() });

/**
 * Folders of the modules that a root or a module calls itself, below the tree: `modules/s3`.
 * @throws InputError where one of them is not there, or lies outside the tree.
 */
export function calledFolders(treeFolder: string, folder: string): string[] {
  return configurationFiles(path.join(treeFolder, folder)).flatMap((file) =>
    localSources(readFileSync(file, "utf8")).map((source) => {
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
 */
export function localSources(text: string): string[] {
  const { module = {} } = CALLS.parse(JSON.parse(text));
  return Object.values(module)
    .map((call) => call.source)
    .filter((source) => source.startsWith(".") || source.startsWith(".."));
}

function outside(file: string, source: string, treeFolder: string): InputError {
  return new InputError(file, [`source: got "${source}"; allowed: a module inside ${treeFolder}`]);
}

function missing(file: string, source: string, folder: string): InputError {
  return new InputError(file, [`source: got "${source}"; allowed: a module that is there, and ${folder} is not`]);
}
