/** Secrets in the values of a plan. */
import { asValue } from "../configuration/json";
import { formOfSecret } from "../guardrails/secret-patterns";
import { EncodedJson, isList, isMapping, PartialText, type Value } from "../hcl";
import type { ActionFinding } from "./actions";
import type { GateContext } from "./context";

export function secretsInPlan({ changes, plan, root }: GateContext): ActionFinding[] {
  return [
    ...changes
      .filter(({ action }) => action !== "move")
      .flatMap(({ address, after = {} }) => secretsIn(after, []).map((got) => ({ address, got }))),
    ...Object.entries(plan.output_changes).flatMap(([name, { after }]) =>
      secretsIn(asValue(after ?? null), ["output", name]).map((got) => ({ address: root.path, got })),
    ),
  ];
}

/** Where a secret stands and what kind it is; never the secret. */
function secretsIn(value: Value, place: readonly (string | number)[]): string[] {
  if (typeof value === "string") {
    const form = formOfSecret(value);
    return form === undefined ? [] : [`${place.join(".")} holds ${form}`];
  }
  if (value instanceof EncodedJson) return secretsIn(value.value, place);
  if (value instanceof PartialText)
    return value.parts.flatMap((part) => (typeof part === "string" ? secretsIn(part, place) : []));
  if (isList(value)) return value.flatMap((item, i) => secretsIn(item, [...place, i]));
  if (!isMapping(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => secretsIn(member, [...place, name]));
}
