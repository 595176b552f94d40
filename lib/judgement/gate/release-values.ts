/** Changes in the values of a Helm release or of an addon of EKS, which a plan has as one text. */
import { documentOf } from "../guardrails/policies";
import { itemsAt } from "../guardrails/values";
import type { Mapping } from "../hcl";

/** The arguments of a resource, with the documents of a release or addon instead of their texts. */
export function withOpenedValues(type: string, values: Mapping): Mapping {
  if (type === "aws_eks_addon") {
    return { ...values, configuration_values: documentOf(values.configuration_values ?? null) };
  }
  return type === "helm_release" ? { ...values, values: itemsAt(values, "values").map(documentOf) } : values;
}
