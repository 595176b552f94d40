/** Which state a root has, without what is in it. */
import { z } from "zod";
import { terraform } from "./run";
import type { Workplace } from "./workplace";

/** A state's line of descent, and its number in it; where there is no state: null and 0. */
export interface StateVersion {
  readonly lineage: string | null;
  readonly serial: number;
}

export const STATE_VERSION = z.object({
  /** Tells states apart: given to a state when it is new, and kept by all that follow from it. */
  lineage: z.string(),
  /** Counts the versions of one lineage. */
  serial: z.int(),
});

/** @throws TerraformError where the state cannot be read. */
export async function stateVersion(workplace: Workplace): Promise<StateVersion> {
  const pulled = await terraform(["state", "pull"], { ...workplace, output: "captured" });
  if (pulled.trim() === "") return { lineage: null, serial: 0 };
  const { lineage, serial } = STATE_VERSION.parse(JSON.parse(pulled));
  return { lineage: lineage === "" ? null : lineage, serial };
}
