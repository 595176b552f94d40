/** Digests that tell whether a root has to be judged again. */
import { posix } from "node:path";
import { VENDOR, vendorFolder } from "../generator/module/folder";
import type { ModuleCall } from "../generator/module/specification";
import type { Root } from "../generator/root/root";
import type { GeneratedFile } from "../generator/synth/tree";
import { digest } from "./cache.cjs";

/**
 * For each root, by its folder, a digest of all that its judgement follows from: its files, those of the modules that it calls,
 * its exceptions, and what counts for all roots.
 */
export function rootDigests(
  tree: readonly GeneratedFile[],
  roots: readonly Root[],
  forAll: readonly (string | Buffer)[],
): Map<string, string> {
  const files = new Map<string, string[]>();
  for (const { path, content } of tree) {
    const owner = ownerOf(path);
    files.set(owner, [...(files.get(owner) ?? []), path, content]);
  }
  const digests = new Map([...files].map(([owner, parts]) => [owner, digest(...parts)]));
  return new Map(
    roots.map(({ address, calls, props }) => {
      const owners = new Set([address, ...[...calls.values()].map(moduleOf)]);
      const parts = [...owners].flatMap((owner) => digests.get(owner) ?? []);
      return [address, digest(...forAll, address, JSON.stringify(props.exceptions ?? []), ...parts)];
    }),
  );
}

/** The folder of the root, or of the module with all its parts, that a file belongs to. */
function ownerOf(path: string): string {
  const parts = path.split("/");
  if (parts[0] === "modules") return parts.slice(0, 2).join("/");
  return parts[0] === VENDOR ? parts.slice(0, 3).join("/") : posix.dirname(path);
}

function moduleOf({ specification: { name, vendored } }: ModuleCall): string {
  return vendored === undefined ? `modules/${name}` : vendorFolder(name, vendored.version);
}
