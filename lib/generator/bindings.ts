/** Bindings: installed packages with the classes of a provider. Each is made from one version of its provider. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { z } from "zod";
import { InputError } from "../common/errors";

/** Metadata that CDKTF writes to the `package.json` of published bindings. */
const PACKAGE = z.object({ cdktf: z.object({ provider: z.object({ name: z.string(), version: z.string() }) }) });

export interface Bindings {
  /** `registry.terraform.io/hashicorp/aws`. */
  readonly source: string;
  /** The provider's version, such as `5.100.0`. */
  readonly version: string;
}

const known = new Map<string, Bindings>();

/**
 * The bindings of a provider, from the installed package `@cdktf/provider-<name>`.
 * @throws InputError if the package is not installed
 */
export function bindingsOf(provider: string): Bindings {
  const bindings = known.get(provider) ?? installedBindings(provider);
  known.set(provider, bindings);
  return bindings;
}

/** A package that the project depends on takes precedence over one that only Groundplan depends on. */
function installedBindings(provider: string): Bindings {
  const name = `@cdktf/provider-${provider}`;
  const file = [path.resolve("package.json"), __filename].flatMap((from) => resolved(`${name}/package.json`, from))[0];
  if (file === undefined) {
    throw new InputError(`provider ${provider}`, [
      `bindings: got no package ${name}; allowed: providers whose bindings are installed; run: npm install ${name}`,
    ]);
  }
  const { name: source, version } = PACKAGE.parse(JSON.parse(readFileSync(file, "utf8"))).cdktf.provider;
  return { source, version };
}

function resolved(file: string, from: string): string[] {
  try {
    return [createRequire(from).resolve(file)];
  } catch {
    return [];
  }
}
