/** Addresses of the resources in the rendered files of a module. */
import path from "node:path";
import { z } from "zod";
import type { GeneratedFile } from "../synth/tree";
import { moduleFolder } from "./folder";
import type { Specification } from "./specification";

/** The files of a module, with those of the modules that it calls. */
export type FilesOfModule = (specification: Specification) => readonly GeneratedFile[];

const CONTENT = z.object({
  moved: z.array(z.object({ from: z.string(), to: z.string() })).default([]),
  resource: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  module: z.record(z.string(), z.object({ source: z.string() })).default({}),
});

function contentsOf(files: readonly GeneratedFile[]) {
  return files
    .filter((file) => file.path.endsWith(".tf.json"))
    .map((file) => ({ folder: path.posix.dirname(file.path), ...CONTENT.parse(JSON.parse(file.content)) }));
}

/** Type of each resource of a module, and its address in the module, without keys. */
export function resourcesOf(
  specification: Specification,
  filesOf: FilesOfModule,
): (readonly [type: string, address: string])[] {
  const contents = contentsOf(filesOf(specification));
  const within = (folder: string, prefix: string): (readonly [string, string])[] =>
    contents
      .filter((content) => content.folder === folder)
      .flatMap(({ resource, module }) => [
        ...Object.entries(resource).flatMap(([type, named]) =>
          Object.keys(named).map((name) => [type, `${prefix}${type}.${name}`] as const),
        ),
        ...Object.entries(module).flatMap(([id, { source }]) =>
          within(path.posix.join(folder, source), `${prefix}module.${id}.`),
        ),
      ]);
  return within(moduleFolder(specification), "");
}

/** Addresses in a module that its own `moved` blocks move something to. */
export function renamedIn(specification: Specification, filesOf: FilesOfModule): string[] {
  return contentsOf(filesOf(specification))
    .filter(({ folder }) => folder === moduleFolder(specification))
    .flatMap(({ moved }) => moved.map(({ to }) => to));
}
