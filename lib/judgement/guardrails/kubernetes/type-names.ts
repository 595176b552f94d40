/** Names of resource types of the Kubernetes provider. */

/** A type under both of its names, which have the same arguments: `kubernetes_role` and `kubernetes_role_v1`. */
export function bothNames(...types: readonly string[]): string[] {
  return types.flatMap((type) => [type, `${type}_v1`]);
}
