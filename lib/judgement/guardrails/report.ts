/** The text of findings in reports. */
import type { RootConfiguration } from "../configuration";
import type { Finding } from "./judge";
import { LONGEST_LIFE_DAYS } from "./life";

/** Source locations of blocks in the TypeScript, by `<folder> <address in it>`. */
export type Sources = ReadonlyMap<string, string>;

/**
 * Everything that a reader who does not know the rule needs: place, value got, allowed value, reason, and how to
 * request an exception.
 */
export function findingText(
  { guardrail, address, outcome, got, exception }: Finding,
  root: RootConfiguration,
  sources: Sources,
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

/** ` (modules/s3/index.ts:50, called at environments/shop/data.ts:12)`. */
function placeOf(address: string, root: RootConfiguration, sources: Sources): string {
  const resource = root.at(address);
  if (resource === undefined) return ` (${root.source})`;
  const written = sources.get(`${resource.module} ${resource.type}.${resource.name}`);
  const called = sources.get(`${root.path} module.${resource.call}`);
  const places = [written, ...(called === undefined ? [] : [`called at ${called}`])].filter(
    (place) => place !== undefined,
  );
  return places.length === 0 ? "" : ` (${places.join(", ")})`;
}
