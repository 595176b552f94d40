/** Where Terraform runs: in a root itself, or in a copy of it that leaves the tree as it is. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { ProcessEnvironment } from "../common/process-environment";
import { calledFolders, configurationFiles, reachable } from "./calls";
import { requireLockedProviders, withoutDetours } from "./detours";
import { offlineEnvironment, terraformEnvironment } from "./environment";
import { interruptible } from "./interrupt";
import { withoutAccount } from "./offline";
import { requiredProviders } from "./required-providers";
import { rootName } from "./roots";
import { replaceData, standInVariables } from "./stand-ins";

export interface Workplace {
  /** What messages call the root: `shop/dev`. */
  readonly name: string;
  /** The root's folder. */
  readonly folder: string;
  /** For files of one run, such as a saved plan; removed afterwards. */
  readonly scratch: string;
  readonly environment: ProcessEnvironment;
}

/** Folder of a copied tree. */
const TREE = "tree";

type Work<T> = (workplace: Workplace) => Promise<T>;

/** Works in the root itself, with its own backend and the user's credentials. */
export function inRoot<T>(treeFolder: string, rootPath: string, work: Work<T>): Promise<T> {
  return withScratch((scratch) => work(workplace(path.resolve(treeFolder, rootPath), rootPath, scratch)));
}

/**
 * Works in the root itself as the pipeline does: with a data folder of its own, and without the user's variables, arguments and
 * workspace, so that nothing but the tree and the credentials counts.
 * @throws InputError if the CLI configuration replaces providers
 */
export function inRootAlone<T>(treeFolder: string, rootPath: string, work: Work<T>): Promise<T> {
  return inRoot(treeFolder, rootPath, async (root) => {
    requireLockedProviders(root.environment);
    const environment = { ...withoutDetours(root.environment), TF_DATA_DIR: path.join(root.scratch, "data") };
    return work({ ...root, environment });
  });
}

/** Works in a copy of the root and of the modules it calls. */
export function inCopy<T>(treeFolder: string, rootPath: string, work: Work<T>): Promise<T> {
  return withScratch((scratch) => {
    const copy = path.join(scratch, TREE);
    copyWithModules(treeFolder, copy, rootPath);
    return work(workplace(path.join(copy, rootPath), rootPath, scratch));
  });
}

/** Works in a copy that needs neither backend nor AWS account, and gives every user the same plan. */
export function inOfflineCopy<T>(treeFolder: string, rootPath: string, work: Work<T>): Promise<T> {
  return inCopy(treeFolder, rootPath, (copy) => {
    for (const folder of reachable(rootPath, (caller) => calledFolders(path.join(copy.scratch, TREE), caller)))
      if (folder !== rootPath) replaceData(path.join(copy.scratch, TREE, folder));
    for (const file of configurationFiles(copy.folder)) writeFileSync(file, withoutAccount(readFileSync(file, "utf8")));
    return work({
      ...copy,
      environment: { ...offlineEnvironment(copy.environment), ...standInVariables(copy.folder) },
    });
  });
}

function workplace(folder: string, rootPath: string, scratch: string): Workplace {
  return {
    name: rootName(rootPath),
    folder,
    scratch,
    environment: terraformEnvironment(scratch, requiredProviders(folder)),
  };
}

/** Works with a folder that is removed afterwards. */
export function withScratch<T>(work: (scratch: string) => Promise<T>): Promise<T> {
  return interruptible(async () => {
    const scratch = mkdtempSync(path.join(tmpdir(), "groundplan-"));
    try {
      return await work(scratch);
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  });
}

function copyWithModules(treeFolder: string, copy: string, rootPath: string): void {
  for (const folder of reachable(rootPath, (caller) => calledFolders(treeFolder, caller))) {
    const from = path.join(treeFolder, folder);
    cpSync(from, path.join(copy, folder), { recursive: true, filter: (file) => file === from || belongsToTree(file) });
  }
}

/** The lock file comes along, so that a copy runs the very providers that were reviewed; states and caches do not. */
function belongsToTree(file: string): boolean {
  const name = path.basename(file);
  return name === ".terraform.lock.hcl" || !(name.startsWith(".") || name.includes(".tfstate"));
}
