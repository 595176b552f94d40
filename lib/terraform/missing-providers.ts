/** Providers whose binaries cannot be had: neither a mirror nor the registry has them. */
import type { PinnedProviders } from "../generator/root/dependency-lock";
import { TerraformError } from "./run";

/** Terraform cannot check the root. Checks that need no provider can. */
export class MissingProviders extends TerraformError {
  override readonly name = "MissingProviders";
}

/** The error of an init in one line, if it failed for this reason alone. @param name of the root, for the message */
export function missingProviders(name: string, { message }: TerraformError, pinned: PinnedProviders) {
  const errors = message.split(/^Error: /m).slice(1);
  if (
    errors.length === 0 ||
    !errors.every((error) => error.startsWith("Failed to query available provider packages"))
  ) {
    return undefined;
  }
  const text = errors.join("\n").replaceAll(/\s+/g, " ");
  const missing = Object.values(pinned)
    .map(({ source, version }) => ({ source: source.replace(/^registry\.terraform\.io\//, ""), version }))
    .filter(({ source }) => text.includes(`provider ${source}:`))
    .map(({ source, version }) => `${source} ${version}`);
  return new MissingProviders(
    `${name}: not checked by Terraform: got no binary of ${missing.join(" and ")}; allowed: a folder with it in ` +
      "TF_PLUGIN_MIRROR, or a network that reaches the registry",
  );
}
