import { mistake } from "./source";

/** @throws InputError for a name that Terraform does not accept for a block, variable, output or local */
export function requireName(address: string, name: string): void {
  if (/^[a-z_][a-z0-9_]*$/.test(name)) return;
  throw mistake(`got the name "${name}"; allowed: lower-case letters, digits and underscores, a letter first`, address);
}

/** Cache: each module call converts the same few hundred names. */
const known = new Map<string, string>();

/** Converts `allocatedStorageGiB` to Terraform's spelling `allocated_storage_gib`. */
export function snakeCase(name: string): string {
  const terraform = known.get(name) ?? converted(name);
  known.set(name, terraform);
  return terraform;
}

function converted(name: string): string {
  return name
    .replace(/([MGT])iB/g, "$1ib")
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1_$2")
    .toLowerCase();
}
