/** Outputs of the root, whose values other tools may read from the state. */
import type { PlanJson } from "../../terraform/plan-json";

export interface OutputChange {
  readonly name: string;
  readonly action: "create" | "update" | "delete";
}

/** Lists names only, because values may be sensitive. */
export function outputChanges({ output_changes: outputs }: Pick<PlanJson, "output_changes">): OutputChange[] {
  return Object.entries(outputs).flatMap(([name, { actions }]) => {
    const [action = "no-op"] = actions;
    return action === "no-op" ? [] : [{ name, action: actions.length > 1 ? "update" : action }];
  });
}
