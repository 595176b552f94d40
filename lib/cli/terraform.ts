/** Notices that commands print before they run Terraform. */
import { detours, missingConfiguration, overridingConfigurations } from "../terraform";

export function reportMissingConfiguration(): void {
  const notice = missingConfiguration();
  if (notice !== undefined) console.error(notice);
}

/** Reports settings of this machine that make a plan differ from the plan of the pipeline. */
export function reportDetours(): void {
  for (const name of detours(process.env)) console.error(`${name} is set and used; the pipeline ignores it`);
  for (const file of overridingConfigurations(process.env)) {
    console.error(`${file} has dev_overrides, which are used; the pipeline refuses them`);
  }
}
