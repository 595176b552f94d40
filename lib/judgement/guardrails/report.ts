/** The text of findings in reports. */
import { type RootConfiguration, type SourcePlaces, sourcePlace } from "../configuration";
import type { Finding } from "./judge";
import { LONGEST_LIFE_DAYS } from "./life";

/**
 * Everything that a reader who does not know the rule needs: place, value got, allowed value, reason, and how to
 * request an exception.
 */
export function findingText(
  { guardrail, address, outcome, got, exception }: Finding,
  root: RootConfiguration,
  sources: SourcePlaces,
): string {
  const { id, title, severity, why, allowed } = guardrail;
  return [
    `${root.path}: ${address}${placeOf(address, root, sources)}`,
    `  ${id} (${severity}): ${title}`,
    `  got: ${got}${outcome === "unknown" ? ", which cannot be judged" : ""}; allowed: ${allowed}`,
    `  why: ${why}`,
    exception !== undefined
      ? `  its exception for ${exception.owner} (${exception.ticket}) expired on ${exception.expires}`
      : `  exception: { guardrail: "${id}", address: ${JSON.stringify(address)}, reason, owner, approver, ticket, created, expires } in ${root.source}, for ${LONGEST_LIFE_DAYS[severity]} days at most`,
  ].join("\n");
}

function placeOf(address: string, root: RootConfiguration, sources: SourcePlaces): string {
  const resource = root.at(address);
  return resource === undefined ? ` (${root.source})` : sourcePlace(root.path, resource, sources);
}
