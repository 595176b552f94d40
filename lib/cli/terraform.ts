/** Notices that commands print before they run Terraform. */
import path from "node:path";
import {
  calledFolders,
  detours,
  missingConfiguration,
  overridingConfigurations,
  reachable,
  standInsOf,
} from "../terraform";

export function tellMissingConfiguration(): void {
  const notice = missingConfiguration();
  if (notice !== undefined) console.error(notice);
}

/** Reports settings of this machine that make a plan differ from the plan of the pipeline. */
export function tellDetours(): void {
  for (const name of detours(process.env)) console.error(`${name} is set and used; the pipeline ignores it`);
  for (const file of overridingConfigurations(process.env)) {
    console.error(`${file} has dev_overrides, which are used; the pipeline refuses them`);
  }
}

/** Reports the values that an offline plan uses in place of data sources and inputs. */
export function tellStandIns(treeFolder: string, rootPath: string): void {
  for (const folder of reachable(rootPath, (caller) => calledFolders(treeFolder, caller))) {
    for (const [address, value] of Object.entries(standInsOf(path.join(treeFolder, folder)))) {
      console.error(`${folder}: ${address} has the stand-in ${JSON.stringify(value)}; what rests on it is not judged`);
    }
  }
}
