/** The providers that a root's own files ask for. */
import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import type { PinnedProviders } from "../generator/root/dependency-lock";
import { configurationFiles } from "./calls";

const TERRAFORM = z.object({
  required_providers: z.record(z.string(), z.object({ source: z.string(), version: z.string() })).optional(),
});
const CONFIGURATION = z.object({ terraform: TERRAFORM.optional() });

/** `required_providers` by local name; roots that synth writes pin exact versions. */
export function requiredProviders(rootFolder: string): PinnedProviders {
  const files = existsSync(rootFolder) ? configurationFiles(rootFolder) : [];
  return Object.assign(
    {},
    ...files.map((file) => CONFIGURATION.parse(JSON.parse(readFileSync(file, "utf8"))).terraform?.required_providers),
  );
}

/** The same, of the `terraform` block of a root. */
export function providersOf(terraform: unknown): PinnedProviders {
  return TERRAFORM.parse(terraform).required_providers ?? {};
}
