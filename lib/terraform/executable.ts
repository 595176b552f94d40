/** The Terraform of this machine. */
import { spawnSync } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import path from "node:path";
import satisfies from "semver/functions/satisfies";
import { z } from "zod";
import { InputError } from "../common/errors";
import { parsedInput } from "../common/input-file";
import { REQUIRED_TERRAFORM } from "../generator/providers";
import { withoutDetours } from "./detours";

export interface TerraformExecutable {
  readonly file: string;
  readonly version: string;
}

const found = new Map<string, TerraformExecutable>();

/** The first `terraform` on PATH, as a shell would find it. @throws InputError if there is none, or one that is too old. */
export function findTerraform(searchPath = process.env.PATH ?? ""): TerraformExecutable {
  const known = found.get(searchPath);
  if (known !== undefined) return known;
  const folders = searchPath.split(path.delimiter).filter((folder) => folder !== "");
  const file = folders.map((folder) => path.join(folder, "terraform")).find(isExecutable);
  if (file === undefined) throw unusable(`none in ${folders.join(", ") || "an empty PATH"}`);
  const version = versionOf(file);
  if (!isAllowed(version)) throw unusable(`version ${version} at ${file}`);
  const executable = { file, version };
  found.set(searchPath, executable);
  return executable;
}

function unusable(got: string): InputError {
  return new InputError("terraform", [`got ${got}; allowed: a terraform of version ${REQUIRED_TERRAFORM} on PATH`]);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

const VERSION = z.object({ terraform_version: z.string() });

function versionOf(file: string): string {
  const environment = { ...withoutDetours(process.env), CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: undefined };
  const { error, status, stdout, stderr } = spawnSync(file, ["version", "-json"], {
    encoding: "utf8",
    env: environment,
  });
  if (status !== 0) throw unusable(`no version from ${file}: ${(error?.message ?? stderr).trim()}`);
  const { terraform_version: version } = parsedInput(file, stdout, VERSION, {
    noun: "the answer of terraform version -json",
    allowed: `a terraform of version ${REQUIRED_TERRAFORM} on PATH`,
  });
  return version;
}

/** A version before a release, such as 1.11.0-rc1, counts as older. Terraform separates comparisons by commas. */
function isAllowed(version: string): boolean {
  return satisfies(version, REQUIRED_TERRAFORM.replaceAll(",", ""));
}
