/** The root of the organization, in its management account. */
import type { Root } from "../../../lib";
import { Organization } from "../../../modules/organization";
import { OrganizationDelegation } from "../../../modules/organization-delegation";
import { OrganizationDetection } from "../../../modules/organization-detection";
import { accounts } from "../../common/accounts";
import { githubEnvironment, rootPath, systemRoot } from "../../common/system-root";
import { MASKING } from "../masking";
import type { OrganizationEnvironment } from "../organization";
import { basePolicy, isolationPolicy, pipelinePolicy, recordsPolicy, SUSPENSION } from "./policies";

const SYSTEM = "formula";

/** Administered by the security account through AWS Organizations itself. */
const DELEGATED = [
  "access-analyzer.amazonaws.com",
  "config-multiaccountsetup.amazonaws.com",
  "config.amazonaws.com",
] as const;

/** Services that act in all accounts. An apply disables every other one. */
const SERVICES = [
  ...DELEGATED,
  "cloudtrail.amazonaws.com",
  "guardduty.amazonaws.com",
  "malware-protection.guardduty.amazonaws.com",
  "securityhub.amazonaws.com",
] as const;

/** A canary of each new policy is `Sandbox`: see docs/systems/formula.md. */
const UNITS = ["Sandbox", "Security", "Suspended", "Workloads", "Workloads/NonProd", "Workloads/Prod"] as const;

const IN_USE = ["Sandbox", "Security", "Workloads"] as const;

/** The root as its account sees it. */
export function organizationRoot(environment: OrganizationEnvironment) {
  return { path: rootPath(SYSTEM, environment), environment: githubEnvironment(SYSTEM, environment) };
}

export function formulaOrganization(environment: OrganizationEnvironment): Root {
  const root = systemRoot(SYSTEM, environment, {});
  const sanitisation = { id: accounts.formulaSanitisation.id, readerArns: [MASKING.exports.readerRoleArn] };
  const { id, accountIds } = new Organization(root, "organization", {
    servicePrincipals: SERVICES,
    units: UNITS,
    accounts: environment.accounts,
    policies: {
      base: { ...basePolicy(environment.regions), units: IN_USE },
      records: { ...recordsPolicy(SYSTEM), units: IN_USE },
      pipeline: { ...pipelinePolicy(SYSTEM), units: IN_USE },
      isolation: { ...isolationPolicy(accounts.formulaProd.id, sanitisation), units: ["Sandbox", "Workloads/NonProd"] },
      suspension: { ...SUSPENSION, units: ["Suspended"] },
    },
  });
  const administratorId = accountIds.at(accounts.formulaSecurity.name);
  new OrganizationDelegation(root, "delegation", { administratorId, servicePrincipals: DELEGATED });
  for (const region of environment.regions) {
    const alias = region.replaceAll("-", "_");
    const options = region === environment.region ? undefined : { providers: { aws: root.awsAlias(alias, region) } };
    new OrganizationDetection(root, `${alias}_detection`, { administratorId }, options);
  }
  root.output("organization_id", id, "Id of the organization, for the data of its accounts.");
  return root;
}
