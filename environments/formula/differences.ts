/** Differences that follow from an environment's data: its colours, and the web ACLs of production. Calls of the second colour are compared with none. */
import type { Difference } from "../../lib";
import type { FormulaEnvironment } from "./environment";

export function differencesOf({ colours, webAcl }: FormulaEnvironment): Difference[] {
  return [
    ...(colours.length === 1 ? differs(ONE_COLOUR, WITH_GREEN) : []),
    ...("none" in webAcl ? [] : differs(PROTECTED, WITH_WEB_ACL)),
  ];
}

const ONE_COLOUR = "A release of development replaces the tasks of its only colour: nobody depends on it meanwhile.";
const WITH_GREEN = [
  "certificate.subject_alternative_names",
  "green_load_balancer",
  "green_name",
  "origin.targets.green",
];

const PROTECTED = "The document of Formula asks for AWS WAF in production only.";
const WITH_WEB_ACL = ["blue_load_balancer.without_web_acl", "blue_web_acl", "green_web_acl"];

function differs(reason: string, places: readonly string[]): Difference[] {
  return places.map((at) => ({ at, reason }));
}
