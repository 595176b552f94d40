/** What every command that runs Terraform tells first. */
import { missingConfiguration } from "../terraform";

export function tellMissingConfiguration(): void {
  const notice = missingConfiguration();
  if (notice !== undefined) console.error(notice);
}
