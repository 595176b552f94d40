/** What every command that runs Terraform tells first. */
import { detours, missingConfiguration, overridingConfigurations } from "../terraform";

export function tellMissingConfiguration(): void {
  const notice = missingConfiguration();
  if (notice !== undefined) console.error(notice);
}

/** Names what is set on this machine and makes a plan here another than the pipeline's. */
export function tellDetours(): void {
  for (const name of detours(process.env)) console.error(`${name} is set and used here; the pipeline plans without it`);
  for (const file of overridingConfigurations(process.env)) {
    console.error(`${file} has dev_overrides, which are used here; the pipeline refuses them`);
  }
}
