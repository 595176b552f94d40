/** `allocatedStorageGiB` as Terraform writes it: `allocated_storage_gib`. */
export function snakeCase(name: string): string {
  return name
    .replace(/([MGT])iB/g, "$1ib")
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1_$2")
    .toLowerCase();
}
