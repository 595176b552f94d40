/** Regions: each resource is where its provider configuration is. */
import { isPlacedByRegion } from "../../common/resource-region";
import { show } from "../configuration";
import { isUnknown } from "../hcl";
import { broken, HOLDS, type ResourceGuardrail, undecided } from "./guardrail";
import { isAbsent } from "./values";

export const REGIONS = [
  {
    id: "resource-in-provider-region",
    title: "No resource has a region of its own",
    why: "A resource with another region than its companions ends in redirect errors, rules that match names judge it with resources of another region, and a change of the region replaces it.",
    severity: "high",
    controls: { hipaa: ["164.312(a)(1)"], soc2: ["CC6.1", "CC8.1"], gdpr: ["32(1)(b)"] },
    allowed: "the region of the provider configuration: a module with a provider alias for resources of another region",
    types: ["*"],
    judge: ({ type, values: { region = null } }) => {
      if (isAbsent(region) || !isPlacedByRegion(type)) return HOLDS;
      return isUnknown(region) ? undecided(`region = ${show(region)}`) : broken(`region = ${show(region)}`);
    },
  },
] as const satisfies readonly ResourceGuardrail[];
