/**
 * Network paths and permissions that the calls create. They are compared separately, so that a sizing input cannot change
 * them unnoticed.
 */
import type { ResourceInstance, RootConfiguration } from "../configuration";
import { accessOf } from "./access";
import { callIds } from "./calls";
import { type Contrast, compareValues } from "./compare";
import type { Environment } from "./environment";
import { reachOf } from "./reach";

/** Compares calls that all environments have. Another comparison reports missing calls. */
export function compareSecurity(environments: readonly Environment[]): Contrast[] {
  const parts = environments.map(({ evaluated, identity }) => ({ resources: resourcesByCall(evaluated), identity }));
  return callIds(environments)
    .filter((id) => parts.every(({ resources }) => resources.has(id)))
    .flatMap((id) =>
      [reachOf, accessOf].flatMap((of) => {
        const sides = parts.map(({ resources, identity }) => ({
          value: of(resources.get(id) ?? []),
          type: undefined,
          identity,
        }));
        return compareValues(id, sides, { unordered: true });
      }),
    );
}

/** Resources of each call; a call without resources has an empty list. */
function resourcesByCall({ calls, resources }: RootConfiguration): Map<string, ResourceInstance[]> {
  const byCall = new Map(calls.map(({ id }): [string, ResourceInstance[]] => [id, []]));
  for (const resource of resources) byCall.get(resource.call)?.push(resource);
  return byCall;
}
