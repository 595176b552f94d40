/** Renders roots and their modules to the generated tree. */
import path from "node:path";
import { version as cdktfVersion } from "cdktf/package.json";
import { InputError } from "../../common/errors";
import { type RenderModule, renderModule } from "../module/render";
import type { Specification } from "../module/specification";
import { Providers } from "../providers";
import { placeOfState } from "../root/backend";
import { renderRoot } from "../root/render";
import type { Root } from "../root/root";
import { rootParts } from "../root/root-path";
import { requireWritten } from "./foreign-files";
import { type GeneratedFile, treeFolder } from "./tree";
import { generatedFiles, type WriteSummary, writeTree } from "./write";

/**
 * Every file of the tree: the roots, and each module that a root calls. A root that ends calls no modules.
 * @param rendered files of a module
 * @throws InputError if two roots or two modules have the same name
 */
export function renderTree(
  roots: readonly Root[],
  providers = new Providers(),
  rendered: RenderModule = renderModule,
): GeneratedFile[] {
  const calls = roots.filter(({ props }) => !props.ending).flatMap((root) => [...root.calls.values()]);
  const specifications = [...new Set(calls.map((call) => call.specification))];
  refuseSharedNames(
    "two modules",
    specifications.map(({ name }) => name),
  );
  refuseSharedNames(
    "two roots",
    roots.map((root) => root.address),
  );
  refuseSharedNames(
    "two roots, as CDKTF stacks,",
    roots.map((root) => root.node.id),
  );
  refuseSharedNames(
    "two roots, as places of their state,",
    roots.map(({ props }) => placeOfState(props)),
  );
  refuseHiddenProduction(roots);
  const modules = new Map(specifications.map((specification) => [specification, rendered(specification, providers)]));
  const filesOf = (specification: Specification) => modules.get(specification) ?? rendered(specification, providers);
  const files = [...[...modules.values()].flat(), ...roots.flatMap((root) => renderRoot(root, providers, filesOf))];
  return [...files, manifest(roots, files)];
}

/** A migration in an account with a production environment is one of production, whatever its root declares. */
function refuseHiddenProduction(roots: readonly Root[]): void {
  const isProduction = ({ props }: Root) => props.production ?? true;
  for (const { address, props } of roots.filter((root) => root.props.migration && !isProduction(root))) {
    const other = roots.find(
      (root) =>
        rootParts(root.address).kind === "environments" &&
        root.props.accountId === props.accountId &&
        isProduction(root),
    );
    if (other === undefined) continue;
    throw new InputError(address, [
      `production: got false; allowed: true for a migration in account ${props.accountId}, which has ${other.address}`,
    ]);
  }
}

function refuseSharedNames(who: string, names: readonly string[]): void {
  const seen = new Set<string>();
  const shared = names.filter((name) => seen.size === seen.add(name).size);
  if (shared.length > 0)
    throw new InputError(`${who} have the same name`, [`got "${shared.join('", "')}"; allowed: names of their own`]);
}

/** Renders and writes the tree. An error leaves the existing tree unchanged. */
export function synthesize(roots: readonly Root[], folder = treeFolder()): WriteSummary {
  return writeOnly(folder, renderTree(roots));
}

/**
 * Writes a rendered tree.
 * @param untouched folders of roots that are not written
 * @throws InputError if the tree contains other files that Terraform would read
 */
export function writeOnly(
  folder: string,
  files: readonly GeneratedFile[],
  untouched: readonly string[] = [],
): WriteSummary {
  const own = new Set(files.map((file) => file.path));
  requireWritten(
    folder,
    new Set([...own].map((file) => path.posix.dirname(file)).filter((name) => name !== ".")),
    new Set([...own, ...generatedFiles(folder, own).keys()]),
  );
  return writeTree(path.resolve(folder), files, untouched);
}

/**
 * Lists the roots, for `cdktf list`, `cdktf synth` and `cdktf diff`, and all files of the tree, so that every command knows
 * which files synth wrote.
 */
function manifest(roots: readonly Root[], files: readonly GeneratedFile[]): GeneratedFile {
  const stacks = [...roots]
    .sort((a, b) => (a.address < b.address ? -1 : 1))
    .map((root) => [
      root.node.id,
      {
        name: root.node.id,
        constructPath: root.node.id,
        workingDirectory: root.address,
        synthesizedStackPath: `${root.address}/versions.tf.json`,
        stackMetadataPath: `${root.address}/metadata.json`,
        annotations: [],
        dependencies: [],
      },
    ]);
  const names = files.map((file) => file.path).sort();
  return {
    path: "manifest.json",
    content: `${JSON.stringify({ version: cdktfVersion, stacks: Object.fromEntries(stacks), files: names }, null, 2)}\n`,
  };
}
