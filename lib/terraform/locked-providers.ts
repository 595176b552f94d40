/** Providers that a root's lock file selects. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { LOCK_FILE, readLock } from "../../generator/root/lock-entries";

/** Versions by source: `registry.terraform.io/hashicorp/aws`; none where the root needs none. */
export function lockedProviders(rootFolder: string): Record<string, string> {
  const file = path.join(rootFolder, LOCK_FILE);
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  return Object.fromEntries(readLock(text).providers.map(({ source, version }) => [source, version]));
}
