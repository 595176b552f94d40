/** Providers that a root's lock file selects. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/** Versions by source: `registry.terraform.io/hashicorp/aws`; none where the root needs none. */
export function lockedProviders(rootFolder: string): Record<string, string> {
  const file = path.join(rootFolder, ".terraform.lock.hcl");
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  const blocks = text.matchAll(/^provider "([^"]+)" \{\s+version\s+=\s+"([^"]+)"/gm);
  return Object.fromEntries([...blocks].map(([, source = "", version = ""]) => [source, version]));
}
