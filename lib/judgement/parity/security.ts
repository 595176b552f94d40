/**
 * Network paths and permissions that the calls create. They are compared separately, so that a sizing input cannot change
 * them unnoticed.
 */
import type { ResourceInstance, RootConfiguration } from "../configuration";
import type { Mapping } from "../hcl";
import { accessOf } from "./access";
import { callIds } from "./calls";
import { type Contrast, compareValues } from "./compare";
import type { Environment } from "./environment";
import { reachOf } from "./reach";

/**
 * Compares calls that all environments have. Another comparison reports missing calls.
 * @param isEqual whether a call is known to have no difference
 */
export function compareSecurity(environments: readonly Environment[], isEqual: (call: string) => boolean): Contrast[] {
  const ids = callIds(environments).filter((id) => environments.every(({ calls }) => calls.has(id)) && !isEqual(id));
  if (ids.length === 0) return [];
  const parts = environments.map((environment) => ({
    values: securityOf(environment.evaluated(), ids),
    identity: environment.identity,
  }));
  return ids.flatMap((id) =>
    PARTS.flatMap((part) => {
      const sides = parts.map(({ values, identity }) => ({
        value: values.get(id)?.[part] ?? {},
        type: undefined,
        identity,
      }));
      return compareValues(id, sides, { unordered: true });
    }),
  );
}

const PARTS = ["reach", "access"] as const;

/** By call. @param ids calls; default: all */
export function securityOf(
  { calls, resources }: RootConfiguration,
  ids: readonly string[] = calls.map(({ id }) => id),
): Map<string, Readonly<Record<(typeof PARTS)[number], Mapping>>> {
  const byCall = new Map(ids.map((id): [string, ResourceInstance[]] => [id, []]));
  for (const resource of resources) byCall.get(resource.call)?.push(resource);
  return new Map(Array.from(byCall, ([id, own]) => [id, { reach: reachOf(own), access: accessOf(own) }]));
}
