/** The dependency lock file in the folder of a root, and the providers that it selects. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { LOCK_FILE, readLock } from "../generator/root/dependency-lock";

/** Text of the root's dependency lock file; empty if the root has none. */
export function dependencyLockOf(rootFolder: string): string {
  const file = path.join(rootFolder, LOCK_FILE);
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

/** Versions by source: `registry.terraform.io/hashicorp/aws`. */
export function lockedProviders(rootFolder: string): Record<string, string> {
  const { providers } = readLock(dependencyLockOf(rootFolder));
  return Object.fromEntries(providers.map(({ source, version }) => [source, version]));
}
