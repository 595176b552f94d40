/** Organizational units on two levels. A resource cannot name another instance of itself, so that each level is a resource. */
import type { OrganizationsOrganization } from "@cdktf/provider-aws/lib/organizations-organization";
import { OrganizationsOrganizationalUnit } from "@cdktf/provider-aws/lib/organizations-organizational-unit";
import type { Construct } from "constructs";
import { type Expression, hcl, local, type Resource, resourceForEach } from "../../lib";

/** @returns the ids of all units, by unit */
export function organizationalUnits(
  scope: Construct,
  organization: Resource<OrganizationsOrganization>,
  units: Expression<string[]>,
): Expression<Record<string, string>> {
  const lifecycle = { preventDestroy: true } as const;
  const first = hcl<string[]>`toset([for unit in ${units} : unit if !strcontains(unit, "/")])`;
  const upper = resourceForEach(scope, OrganizationsOrganizationalUnit, "this", first, (name) => ({
    name,
    parentId: hcl<string>`${organization}.roots[0].id`,
    lifecycle,
  }));
  const second = hcl<string[]>`toset([for unit in ${units} : unit if strcontains(unit, "/")])`;
  const lower = resourceForEach(scope, OrganizationsOrganizationalUnit, "nested", second, (unit) => ({
    name: hcl<string>`split("/", ${unit})[1]`,
    parentId: hcl<string>`${upper}[split("/", ${unit})[0]].id`,
    lifecycle,
  }));
  return local<Record<string, string>>(scope, "unit_ids", hcl`merge(${upper.all("id")}, ${lower.all("id")})`);
}
