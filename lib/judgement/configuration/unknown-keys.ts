/** Resources whose number Terraform has to know for a plan, and only an apply tells. */
import type { ResourceInstance, RootConfiguration } from "./root";

/**
 * A message for each resource whose `count` or keys of `for_each` depend on what resources of other calls export.
 * @param sources where in the TypeScript each block was written, by `<folder> <address in it>`
 */
export function unknownKeyProblems(root: RootConfiguration, sources: () => ReadonlyMap<string, string>): string[] {
  return root.resources.flatMap((resource) => {
    const origins = exportsOf(resource);
    if (origins.length === 0) return [];
    const call = sources().get(`${root.path} module.${resource.call}`);
    const place = `${root.path}: ${resource.address}${call === undefined ? "" : ` (${call})`}`;
    return [
      `${place}\n  count or for_each: got ${origins.join(", ")}, which only an apply tells; allowed: values that the source ` +
        "knows: a map with keys of its own around the values, or an object around a value that may be null",
    ];
  });
}

/**
 * Attributes of managed resources of other calls that the keys are made from. Terraform reads data sources before it needs the
 * keys, and what a module makes of its own resources is proven by a plan of the module.
 */
function exportsOf({ unknownKeys, call }: ResourceInstance): string[] {
  return (unknownKeys?.references ?? [])
    .filter(({ address }) => !address.startsWith(`module.${call}.`) && !/(^|\.)data\./.test(address))
    .map(({ address, path }) => `${address}.${path}`);
}
