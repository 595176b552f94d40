/** Names of a migration, which its root and the environment's AWS root share. */

import { migrationComponent } from "../components";
import { type ComposedEnvironment, nameOf } from "../context";

export function migrationNames(environment: ComposedEnvironment) {
  const name = nameOf(environment);
  return {
    /** Of the replication instance and its task. */
    instance: `${name}-${migrationComponent(environment)}`,
    bucket: `${name}-migration-${environment.account.id}`,
    securityGroup: `${name}-migration`,
    keyAlias: `alias/${name}-data`,
    secrets: { source: `${name}/migration-source`, target: `${name}/migration-target` },
    subnets: Object.keys(environment.zones).map((zone) => `${name}-private/${zone}`),
  };
}
