/** Loads the project's main.ts from the working directory, because lib/ must not import it. */
import { existsSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { InputError } from "../../common/errors";
import type { CallSite } from "../expression/source";
import { type RenderModule, renderModule } from "../module/render";
import type { Providers } from "../providers";
import { Root } from "../root/root";
import { checkedIsolation, type Isolation } from "./project-isolation";
import { checkedJudgements, type ProjectJudgement } from "./project-judgement";
import { checkedProviders } from "./project-providers";
import { renderTree } from "./synthesize";
import type { GeneratedFile } from "./tree";

const MAIN = z.object({
  roots: z.array(z.instanceof(Root)),
  isolation: z.unknown().optional(),
  judged: z.unknown().optional(),
  providers: z.unknown().optional(),
});

const FILES_ELSEWHERE = z.union([
  z.object({ lockFiles: z.array(z.unknown()).nonempty() }),
  z.object({ upgrades: z.array(z.unknown()).nonempty() }),
]);

let tree: readonly GeneratedFile[] | undefined;

/** The rendered tree of main.ts. @param rendered files of a module, which the first caller can know from an earlier run */
export function composedTree(rendered: RenderModule = renderModule): readonly GeneratedFile[] {
  tree ??= renderTree(composedRoots(), projectProviders(), rendered);
  return tree;
}

/** Position in the TypeScript of each block of the tree, by `<folder> <address in it>`. */
export function sourcesOfTree(): ReadonlyMap<string, string> {
  return new Map(
    composedTree().flatMap(({ path: file, sources = new Map<string, CallSite>() }) =>
      [...sources].flatMap(([address, site]): [string, string][] => {
        const place = site();
        return place === undefined ? [] : [[`${path.posix.dirname(file)} ${address}`, place]];
      }),
    ),
  );
}

/** @throws InputError if main.ts exports no roots */
export function composedRoots(): readonly Root[] {
  return main().roots;
}

/** Versions of providers: `providers` of main.ts. @throws InputError if it is invalid */
export function projectProviders(): Providers {
  return checkedProviders(main().providers ?? {});
}

/** Whether `providers` of main.ts names lock files, which can be in any folder, or other bindings in `node_modules`. */
export function readsFilesElsewhere(): boolean {
  return FILES_ELSEWHERE.safeParse(main().providers).success;
}

/** The project's own judgements of resource types: `judged` of main.ts. @throws InputError if one is incomplete */
export function projectJudgements(): readonly ProjectJudgement[] {
  return checkedJudgements(main().judged ?? [], new Date().toISOString().slice(0, 10));
}

/** What the project declares about the isolation of its production: `isolation` of main.ts. @throws InputError if it is invalid */
export function projectIsolation(): Isolation {
  return checkedIsolation(main().isolation ?? { trusted: {}, crossings: [] });
}

function main(): z.infer<typeof MAIN> {
  const file = path.resolve("main.ts");
  if (!existsSync(file)) {
    throw new InputError(file, ["got no such file; allowed: the folder of a project, whose main.ts exports its roots"]);
  }
  const { data } = MAIN.safeParse(require(file));
  if (data !== undefined) return data;
  throw new InputError("main.ts", [
    "roots: got nothing of this name; allowed: export const roots = […], a list of Root",
  ]);
}
