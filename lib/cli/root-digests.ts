/** Digests that tell whether a root has to be judged again. */
import { posix } from "node:path";
import type { Root } from "../generator/root/root";
import type { GeneratedFile } from "../generator/synth/tree";
import { digest } from "./cache.cjs";

/**
 * For each root, by its folder, a digest of all that its judgement follows from: its files, every module, its exceptions,
 * and what counts for all roots.
 */
export function rootDigests(
  tree: readonly GeneratedFile[],
  roots: readonly Root[],
  forAll: readonly (string | Buffer)[],
): Map<string, string> {
  const folders = new Map<string, string[]>();
  for (const { path, content } of tree) {
    const folder = posix.dirname(path);
    folders.set(folder, [...(folders.get(folder) ?? []), path, content]);
  }
  const modules = [...folders].flatMap(([folder, files]) => (/^(?:modules|vendor)\//.test(folder) ? files : []));
  const shared = digest(...forAll, ...modules);
  return new Map(
    roots.map(({ address, props }) => [
      address,
      digest(shared, JSON.stringify(props.exceptions ?? []), ...(folders.get(address) ?? [])),
    ]),
  );
}
