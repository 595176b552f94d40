/** The environment variables of Terraform, derived from those of the user. */
import { statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import type { ProcessEnvironment } from "../common/process-environment";
import type { PinnedProviders } from "../generator/root/dependency-lock";
import { withoutDetours } from "./detours";
import { findMirror, mirrorConfiguration, saysWhereProvidersAre } from "./mirror";

/**
 * The user's environment for a run without questions; a CLI configuration for a mirror goes into the scratch folder.
 * @param pinned providers of the root that Terraform runs in
 */
export function terraformEnvironment(
  scratch: string,
  pinned: PinnedProviders,
  user: ProcessEnvironment = process.env,
): ProcessEnvironment {
  const own = existingConfiguration(user);
  const mirror = saysWhereProvidersAre(own ?? path.join(homedir(), ".terraformrc")) ? undefined : findMirror(pinned);
  // Terraform and its providers are Go programs: collecting garbage less often saves a quarter of their processor time.
  const environment = { GOGC: "400", ...user, TF_INPUT: "0", TF_IN_AUTOMATION: "1", CHECKPOINT_DISABLE: "1" };
  if (mirror === undefined) return { ...environment, TF_CLI_CONFIG_FILE: own };
  const configuration = path.join(scratch, "terraform.rc");
  writeFileSync(configuration, mirrorConfiguration(mirror));
  return { ...environment, TF_CLI_CONFIG_FILE: configuration };
}

/** The same without variables that could make offline plans of two users differ. */
export function offlineEnvironment(environment: ProcessEnvironment): ProcessEnvironment {
  const kept = Object.entries(withoutDetours(environment)).filter(
    ([name]) => !PERSONAL.some((prefix) => name.startsWith(prefix)),
  );
  return {
    ...Object.fromEntries(kept),
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_EC2_METADATA_DISABLED: "true",
  };
}

/** Beginnings of variables that hold credentials, or arguments for Terraform. */
const PERSONAL = ["AWS_", "KUBE", "HELM_", "TF_CLI_ARGS"];

/** One line for the user if TF_CLI_CONFIG_FILE names no file. */
export function missingConfiguration(user: ProcessEnvironment = process.env): string | undefined {
  const named = user.TF_CLI_CONFIG_FILE;
  if (named === undefined || named === existingConfiguration(user)) return undefined;
  return `TF_CLI_CONFIG_FILE names ${named}, which is no file and is ignored`;
}

function existingConfiguration(user: ProcessEnvironment): string | undefined {
  const named = user.TF_CLI_CONFIG_FILE;
  return named !== undefined && isFile(named) ? named : undefined;
}

function isFile(name: string): boolean {
  return statSync(name, { throwIfNoEntry: false })?.isFile() === true;
}
