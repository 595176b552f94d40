/** Changes in the values of a Helm release, which a plan has as one text. */
import { documentOf } from "../guardrails/policies";
import { itemsAt } from "../guardrails/values";
import type { Mapping } from "../hcl";

/** The arguments of a resource, with the documents of a release instead of their texts. */
export function withOpenedValues(type: string, values: Mapping): Mapping {
  return type === "helm_release" ? { ...values, values: itemsAt(values, "values").map(documentOf) } : values;
}
