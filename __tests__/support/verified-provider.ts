/**
 * The AWS provider for tests of plans. Terraform hashes its 700 MB at each command; this file hashes it once for
 * all tests, against the checksums in the lock file of every root.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { renderTree } from "../../lib/generator/synth/synthesize";
import { writeTree } from "../../lib/generator/synth/write";
import { init, inRoot, type Workplace } from "../../lib/terraform";
import { terraform } from "../../lib/terraform/run";
import { newRoot } from "../lib/generator/support";
import { PINNED_AWS } from "./pinned";

const { source, version: exact } = PINNED_AWS.aws;
const cache = path.resolve(__dirname, "../../node_modules/.cache");
const kept = path.join(cache, `aws-${exact}`);
const CONFIGURATION = "terraform.rc";

/** A workplace that is ready for plans: with its modules and the verified provider. */
export async function withVerifiedProvider(workplace: Workplace): Promise<Workplace> {
  if (installed(kept) === undefined) await install();
  const environment = { ...workplace.environment, TF_CLI_CONFIG_FILE: path.join(kept, CONFIGURATION) };
  const ready = { ...workplace, environment };
  await terraform(["get", "-no-color"], ready);
  return ready;
}

/** Other test files may do the same at the same time: the first that is ready stays. */
async function install(): Promise<void> {
  mkdirSync(cache, { recursive: true });
  const own = mkdtempSync(`${kept}-`);
  try {
    const root = newRoot();
    writeTree(own, renderTree([root]));
    await inRoot(own, root.address, (workplace) => init(workplace, ["-backend=false"]));
    const folder = path.relative(own, installed(own) ?? "");
    writeFileSync(path.join(own, CONFIGURATION), configuration(path.join(kept, folder)));
    takePlace(own);
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}

function takePlace(own: string): void {
  try {
    renameSync(own, kept);
  } catch (error) {
    if (installed(kept) !== undefined) return;
    if (!existsSync(kept)) throw error;
    rmSync(kept, { recursive: true });
    renameSync(own, kept);
  }
}

/** Folder in which `terraform init` installed the provider; undefined if there is none, or if its link is broken. */
function installed(folder: string): string | undefined {
  const versions = path.join(folder, newRoot().address, ".terraform/providers", source, exact);
  const [platform] = existsSync(versions) ? readdirSync(versions) : [];
  return platform !== undefined && existsSync(path.join(versions, platform))
    ? path.join(versions, platform)
    : undefined;
}

/** @see https://developer.hashicorp.com/terraform/cli/config/config-file#development-overrides-for-provider-developers */
function configuration(folder: string): string {
  return `provider_installation {
  dev_overrides {
    "${source}" = ${JSON.stringify(folder)}
  }
  direct {}
}
`;
}
