/**
 * What the calls make of their inputs where it matters most: who may reach whom, and who may do what. It is compared by
 * itself, so that nothing that may differ, as sizing may, changes it unseen.
 */
import type { Mapping } from "../hcl";
import { accessOf } from "./access";
import { callIds } from "./calls";
import { type Contrast, compareValues } from "./compare";
import type { Environment } from "./environment";
import { reachOf } from "./reach";

/** Of calls that every environment has: a call that is missing tells enough. */
export function compareSecurity(environments: readonly Environment[]): Contrast[] {
  return callIds(environments)
    .filter((id) => environments.every(({ evaluated }) => evaluated.calls.some((call) => call.id === id)))
    .flatMap((id) => [...compareOf(reachOf, environments, id), ...compareOf(accessOf, environments, id)]);
}

function compareOf(
  of: (resources: Environment["evaluated"]["resources"]) => Mapping,
  environments: readonly Environment[],
  id: string,
): Contrast[] {
  const sides = environments.map(({ evaluated, identity }) => ({
    value: of(evaluated.resources.filter(({ call }) => call === id)),
    type: undefined,
    identity,
  }));
  return compareValues(id, sides, { unordered: true });
}
