/** The folder of the state until its bucket exists: outside the tree, so that it survives every failure. */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { VENDOR } from "../../generator/module/folder";
import { rootName, type Workplace } from "../../terraform";
import { withoutDetours } from "../../terraform/detours";
import { terraformEnvironment } from "../../terraform/environment";
import { requiredProviders } from "../../terraform/required-providers";
import { readState, type TerraformState } from "./state";

/** Below the project; git ignores it. */
const HOME = ".groundplan-bootstrap";

export class BootstrapWorkplace implements Workplace {
  readonly name: string;
  readonly folder: string;
  readonly scratch: string;
  readonly environment: Workplace["environment"];
  readonly stateFile: string;

  /** Copies the root's own files anew each time; other files in the folder stay. */
  constructor(treeFolder: string, rootPath: string) {
    this.name = rootName(rootPath);
    this.scratch = path.resolve(HOME, path.basename(rootPath));
    this.folder = path.join(this.scratch, rootPath);
    this.stateFile = path.join(this.folder, "terraform.tfstate");
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const root = path.resolve(treeFolder, rootPath);
    for (const name of readdirSync(this.folder).filter(isConfiguration)) rmSync(path.join(this.folder, name));
    for (const name of readdirSync(root).filter(isConfiguration))
      copyFileSync(path.join(root, name), path.join(this.folder, name));
    for (const folder of ["modules", VENDOR]) {
      const link = path.join(this.scratch, folder);
      rmSync(link, { force: true });
      symlinkSync(path.resolve(treeFolder, folder), link);
    }
    this.environment = withoutDetours(terraformEnvironment(this.scratch, requiredProviders(this.folder)));
  }

  /** @see https://developer.hashicorp.com/terraform/language/files/override */
  useBackend(backend: "local" | "the root's"): void {
    const override = path.join(this.folder, "backend_override.tf.json");
    if (backend === "local") writeFileSync(override, JSON.stringify({ terraform: { backend: { local: {} } } }));
    else rmSync(override, { force: true });
  }

  /** Undefined if there is none, or one that holds no resource. @throws InputError if the file is no state. */
  localState(): TerraformState | undefined {
    if (!existsSync(this.stateFile)) return undefined;
    const text = readFileSync(this.stateFile, "utf8");
    // Terraform makes the file empty when it locks it, and a plan that is killed leaves it so.
    const state = text === "" ? undefined : readState(this.stateFile, text);
    return state?.resources.length === 0 ? undefined : state;
  }

  /** Call this only after the state is in the backend. */
  remove(): void {
    rmSync(this.scratch, { recursive: true, force: true });
    const home = path.dirname(this.scratch);
    if (existsSync(home) && readdirSync(home).length === 0) rmdirSync(home);
  }
}

function isConfiguration(name: string): boolean {
  return name.endsWith(".tf.json") || name === ".terraform.lock.hcl";
}
