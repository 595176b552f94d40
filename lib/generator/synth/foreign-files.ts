/** Files that Terraform or OpenTofu reads in a generated tree and that synth did not write. */
import { existsSync, readdirSync, realpathSync } from "node:fs";
import path from "node:path";
import { InputError } from "../../common/errors";

/**
 * Configuration, tests and queries. Terraform ignores names that begin with a dot, and names that end with `~` or `#`.
 * @see https://developer.hashicorp.com/terraform/language/files
 * @see https://opentofu.org/docs/language/files/
 */
const CONFIGURATION = /^[^.].*\.(?:tf|tofu)(?:\.json|(?:test|mock|query|stack|component|deploy)\.(?:hcl|json))?$/;
/**
 * Files with values of variables. Terraform also reads those whose names begin with a dot.
 * @see https://developer.hashicorp.com/terraform/language/values/variables#variable-definitions-tfvars-files
 */
const AUTOMATIC_VALUES = /\.auto\.tfvars(?:\.json)?$/;
/** Fixed file names. A case-insensitive file system finds them in any spelling. */
const OPENED_BY_NAME = /^(?:terraform\.tfvars(?:\.json)?|terraform\.tfstate)$/i;
/**
 * A folder from which Terraform installs providers.
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories
 */
const PROVIDERS = /^terraform\.d$/i;
/** Files that `terraform init` writes. The next init replaces all of them except the workspace name. */
const DATA = ".terraform";
const WORKSPACE = `${DATA}/environment`;

/** File names of generated configuration. A manifest that lists other names is not from synth. */
const OURS = /^(?:versions|providers|variables|main|outputs)\.tf\.json$/;

const ALLOWED =
  "the files in manifest.json; delete the file, or move it out of the folder (Terraform by hand is a module in the source)";

/** @param name without folders */
export function isReadByTerraform(name: string): boolean {
  return CONFIGURATION.test(name) || AUTOMATIC_VALUES.test(name) || OPENED_BY_NAME.test(name);
}

/**
 * @param folders of roots and modules, below the tree
 * @param written files that synth wrote, below the tree
 * @throws InputError listing all other files that Terraform would read there, at any depth
 */
export function requireWritten(treeFolder: string, folders: Iterable<string>, written: ReadonlySet<string>): void {
  const problems = [...folders].flatMap((folder) => [
    ...(isLinked(treeFolder, folder) ? [`${folder}: got a symbolic link; allowed: a folder that synth wrote`] : []),
    ...foreignIn(treeFolder, folder, written).map(
      (file) => `${file}: got a file that Terraform reads and synth did not write; allowed: ${ALLOWED}`,
    ),
  ]);
  if (problems.length > 0) throw new InputError(treeFolder, [...new Set(problems)]);
}

function isLinked(treeFolder: string, folder: string): boolean {
  const place = path.join(treeFolder, folder);
  return existsSync(place) && realpathSync(place) !== path.join(realpathSync(treeFolder), folder);
}

function foreignIn(treeFolder: string, folder: string, written: ReadonlySet<string>): string[] {
  const place = path.join(treeFolder, folder);
  if (!existsSync(place)) return [];
  const found = readdirSync(place, { withFileTypes: true }).flatMap((entry) => {
    const file = path.posix.join(folder, entry.name);
    if (PROVIDERS.test(entry.name)) return [file];
    if (entry.isDirectory()) return entry.name === DATA ? [] : foreignIn(treeFolder, file, written);
    const isOurs = written.has(file) && entry.isFile() && (OURS.test(entry.name) || !isReadByTerraform(entry.name));
    return !isOurs && (written.has(file) || isReadByTerraform(entry.name)) ? [file] : [];
  });
  return existsSync(path.join(place, WORKSPACE)) ? [...found, path.posix.join(folder, WORKSPACE)] : found;
}
