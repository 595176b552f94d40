/** Where in the TypeScript the blocks of the tree were written. */
import type { ResourceInstance } from "./root";

/** Source locations of blocks, by `<folder> <address in it>`. */
export type SourcePlaces = ReadonlyMap<string, string>;

/** ` (modules/s3/index.ts:50, called at environments/shop/data.ts:12)`; empty if neither place is known. */
export function sourcePlace(
  root: string,
  { module, type, name, call }: Pick<ResourceInstance, "module" | "type" | "name" | "call">,
  sources: SourcePlaces,
): string {
  const written = sources.get(`${module} ${type}.${name}`);
  const called = sources.get(`${root} module.${call}`);
  const places = [written, ...(called === undefined ? [] : [`called at ${called}`])].filter(
    (place) => place !== undefined,
  );
  return places.length === 0 ? "" : ` (${places.join(", ")})`;
}
