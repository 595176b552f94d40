/** Secrets in values of a plan. */
import { asValue } from "../configuration/json";
import { secretsIn } from "../guardrails/secret-values";
import type { HclValue } from "../hcl";
import type { GateContext } from "./context";
import type { ActionFinding } from "./rule";

export function secretsInPlan({ changes, plan, root }: GateContext): ActionFinding[] {
  return [
    ...changes
      .filter(({ action }) => action !== "move")
      .flatMap(({ address, after = {} }) => known(after, "").map((got) => ({ address, got }))),
    ...Object.entries(plan.output_changes).flatMap(([name, { after }]) =>
      known(asValue(after ?? null), `output.${name}`).map((got) => ({ address: root.path, got })),
    ),
  ];
}

/** The places and kinds of secrets, without the secrets. */
function known(value: HclValue, place: string): string[] {
  return secretsIn(value, place).flatMap(({ at, found }) => (found.isOpen ? [] : [`${at} holds ${found.form}`]));
}
