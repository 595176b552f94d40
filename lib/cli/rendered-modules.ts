/** Files of modules that earlier runs rendered. A module is rendered again if anything changed that its files follow from. */
import path from "node:path";
import { z } from "zod";
import { type RenderModule, renderModule } from "../generator/module/render";
import type { Specification } from "../generator/module/specification";
import { providerName } from "../generator/provider-address";
import type { Providers } from "../generator/providers";
import type { GeneratedFile } from "../generator/synth/tree";
import { digest, digestOfFile, keep, recall, sources } from "./cache.cjs";
import { isEdited, readsOnlyItsFolder, surroundings } from "./last-synth.cjs";

/** Several copies of a project can share their node_modules. */
const NAME = `rendered-modules-${digest(process.cwd())}`;
const RENDERED = z.record(
  z.string(),
  z.object({ key: z.string(), files: z.array(z.object({ path: z.string(), content: z.string() })) }),
);

/** @returns a function that renders, and one that keeps what it rendered for later runs */
export function renderedModules(): { readonly render: RenderModule; keepAll(): void } {
  const known = earlier();
  const shared = digest(...surroundings(), digestOfFile(".swcrc"), ...sources("lib"));
  let hasNew = false;
  const render = (specification: Specification, providers: Providers) => {
    if (!isDefinedInItsFolder(specification)) return renderModule(specification, providers);
    const key = digest(shared, ...sources(folderOf(specification)), ...versionsOf(specification, providers));
    const before = known[specification.name];
    if (before?.key === key) return withSources(before.files, () => renderModule(specification, providers));
    const files = renderModule(specification, providers);
    if (readsOnlyItsFolder(definitionOf(specification))) {
      known[specification.name] = { key, files: files.map(({ path: file, content }) => ({ path: file, content })) };
      hasNew = true;
    }
    return files;
  };
  return { render, keepAll: () => hasNew && !isEdited() && keep(NAME, JSON.stringify(known)) };
}

function earlier(): z.infer<typeof RENDERED> {
  try {
    return RENDERED.parse(JSON.parse(recall(NAME) ?? "{}"));
  } catch {
    return {}; // Another version wrote it.
  }
}

/** Positions in the TypeScript are known after another rendering. Only messages show them. */
function withSources(files: readonly GeneratedFile[], rendered: () => readonly GeneratedFile[]): GeneratedFile[] {
  let again: readonly GeneratedFile[] | undefined;
  return files.map((file) => ({
    ...file,
    get sources() {
      again ??= rendered();
      return again.find(({ path: own }) => own === file.path)?.sources ?? new Map();
    },
  }));
}

function folderOf({ name }: Specification): string {
  return path.resolve("modules", name);
}

function definitionOf(specification: Specification): string {
  return path.join(folderOf(specification), "index.ts");
}

/** HCL, copies from elsewhere and carried files are files that `sources` leaves out. */
function isDefinedInItsFolder(specification: Specification): boolean {
  const { isHcl, vendored, files = [] } = specification;
  if (isHcl || vendored !== undefined || files.length > 0) return false;
  const exported: unknown[] = Object.values(Object(require.cache[definitionOf(specification)]?.exports));
  return exported.some((value) => typeof value === "function" && Reflect.get(value, "specification") === specification);
}

function versionsOf({ providers: addresses }: Specification, providers: Providers): string[] {
  return addresses.map(providerName).flatMap((name) => [name, providers.source(name), providers.range(name)]);
}
