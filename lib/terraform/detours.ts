/** Settings outside the tree that change the input or the behaviour of Terraform. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { InputError } from "../common/errors";
import type { ProcessEnvironment } from "../common/process-environment";

/**
 * Variables that add arguments, values, another workspace, data folder, provider or CLI configuration. Every
 * `TF_VAR_…` counts, since the inputs of a root come from variables of their own.
 * @see https://developer.hashicorp.com/terraform/cli/config/environment-variables
 */
const DETOUR =
  /^(?:TF_CLI_ARGS(?:_.+)?|TF_VAR_.+|TF_WORKSPACE|TF_DATA_DIR|TF_REATTACH_PROVIDERS|TF_STATE_.+|TF_ENCRYPTION|TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE|TERRAFORM_CONFIG)$/;
/** The time to wait for a lock does not change the plan. */
const LOCK_TIMEOUT = /(?<=^|\s)-lock-timeout=\d+[smh](?=\s|$)/;
const WAITS = /^TF_CLI_ARGS_(?:plan|apply)$/;

/** Names of the variables that are set, in order. */
export function detours(environment: ProcessEnvironment): string[] {
  const set = Object.entries(environment).filter(([, value]) => value !== undefined && value !== "");
  return set.flatMap(([name]) => (DETOUR.test(name) ? [name] : [])).sort();
}

/** The environment without them. Of arguments for plan and apply, `-lock-timeout` stays. */
export function withoutDetours(environment: ProcessEnvironment): ProcessEnvironment {
  const kept = Object.entries(environment).flatMap(([name, value = ""]): [string, string | undefined][] => {
    if (!DETOUR.test(name)) return [[name, environment[name]]];
    const timeout = WAITS.test(name) ? LOCK_TIMEOUT.exec(value)?.[0] : undefined;
    return timeout === undefined ? [] : [[name, timeout]];
  });
  return Object.fromEntries(kept);
}

/**
 * CLI configurations that replace providers, regardless of the lock file.
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#development-overrides-for-provider-developers
 */
export function overridingConfigurations(
  { TF_CLI_CONFIG_FILE: named }: ProcessEnvironment,
  home = homedir(),
): string[] {
  const files =
    named === undefined || !existsSync(named)
      ? [path.join(home, ".terraformrc"), ...settingsBelow(path.join(home, ".terraform.d"))]
      : [named];
  return files.filter((file) => existsSync(file) && overrides(readFileSync(file, "utf8")));
}

/** @throws InputError if the CLI configuration that Terraform would read replaces providers. */
export function requireLockedProviders(environment: ProcessEnvironment): void {
  const [file] = overridingConfigurations(environment);
  if (file === undefined) return;
  throw new InputError(file, [
    "got dev_overrides; allowed: none to save or apply a plan, since they replace the providers of the lock file",
  ]);
}

/** Terraform reads these as well, unless TF_CLI_CONFIG_FILE names another file. */
function settingsBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => (/\.tfrc(?:\.json)?$/.test(name) ? [path.join(folder, name)] : []));
}

function overrides(configuration: string): boolean {
  return /\bdev_overrides\b/.test(configuration.replace(/\/\*[\s\S]*?\*\/|(?:#|\/\/).*/g, ""));
}
