/**
 * What the calls make of their inputs where it matters most: who may reach whom, and who may do what. It is compared by
 * itself, so that nothing that may differ, as sizing may, changes it unseen.
 */
import type { ResourceInstance, RootConfiguration } from "../configuration";
import { accessOf } from "./access";
import { callIds } from "./calls";
import { type Contrast, compareValues } from "./compare";
import type { Environment } from "./environment";
import { reachOf } from "./reach";

/** Of calls that every environment has: a call that is missing tells enough. */
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

/** Of each call, also of one without resources. */
function resourcesByCall({ calls, resources }: RootConfiguration): Map<string, ResourceInstance[]> {
  const byCall = new Map(calls.map(({ id }): [string, ResourceInstance[]] => [id, []]));
  for (const resource of resources) byCall.get(resource.call)?.push(resource);
  return byCall;
}
