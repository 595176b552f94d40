/** Lineage and serial of a root's state, without its content. */
import { z } from "zod";
import { terraform } from "./run";
import type { Workplace } from "./workplace";

/** Lineage and serial of a state; null and 0 without a state. */
export interface StateVersion {
  readonly lineage: string | null;
  readonly serial: number;
}

export const STATE_VERSION = z.object({
  /** Assigned to a new state and kept by all its later versions. */
  lineage: z.string(),
  /** Number of the version within its lineage. */
  serial: z.int(),
});

/** @throws TerraformError if the state cannot be read. */
export async function stateVersion(workplace: Workplace): Promise<StateVersion> {
  const pulled = await terraform(["state", "pull"], { ...workplace, output: "captured" });
  if (pulled.trim() === "") return { lineage: null, serial: 0 };
  const { lineage, serial } = STATE_VERSION.parse(JSON.parse(pulled));
  return { lineage: lineage === "" ? null : lineage, serial };
}
