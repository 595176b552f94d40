/** Regions: each resource is where its provider configuration is. */
import { isPlacedByRegion } from "../../common/resource-region";
import { show } from "../configuration";
import { isUnknown } from "../hcl";
import { broken, HOLDS, type ResourceGuardrail, undecided } from "./guardrail";
import { isAbsent } from "./values";

export const REGIONS = [
  {
    id: "resource-in-provider-region",
    title: "Each resource is in the region of its provider configuration",
    why: "The companions of a resource, such as the policy of a bucket, do not inherit its argument `region`, guardrails match resources by name in all regions, and a change of the argument replaces the resource.",
    severity: "high",
    controls: { hipaa: ["164.312(a)(1)"], soc2: ["CC6.1", "CC8.1"], gdpr: ["32(1)(b)"] },
    allowed: "no argument region; a provider alias for resources of another region",
    types: ["*"],
    judge: ({ type, values: { region = null } }) => {
      if (isAbsent(region) || !isPlacedByRegion(type)) return HOLDS;
      return isUnknown(region) ? undecided(`region = ${show(region)}`) : broken(`region = ${show(region)}`);
    },
  },
] as const satisfies readonly ResourceGuardrail[];
