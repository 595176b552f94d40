/** Applies a saved plan. */

import { colors, terraform } from "./run";
import { waitingForLock } from "./state-lock";
import type { Workplace } from "./workplace";

/** Applies exactly this plan and shows Terraform's output. @throws TerraformError if the apply fails */
export async function apply(workplace: Workplace, planFile: string): Promise<void> {
  await terraform(["apply", ...colors(), planFile], { ...waitingForLock(workplace, "apply"), output: "shown" });
}
