/** The data of Formula's organization: its regions, its units, its accounts. */
import { accounts } from "../common/accounts";
import type { Environment } from "../common/environment";

export interface OrganizationEnvironment extends Environment {
  /** Regions with detection. Service control policies close all others. The first one is the region of the accounts. */
  readonly regions: readonly string[];
  readonly accounts: Readonly<Record<string, { readonly email: string; readonly unit: string }>>;
}

export const organization = {
  name: "organization",
  account: accounts.formulaManagement,
  region: "us-east-1",
  regions: ["us-east-1", "us-west-2"],
  // The last wave: a wrong policy would stop the applies of all other roots.
  wave: 10,
  production: true,
  singular: true,
  accounts: {
    [accounts.formulaSecurity.name]: { email: "aws+security@formula.example", unit: "Security" },
    // Unmasked data of users is in it for some hours.
    [accounts.formulaSanitisation.name]: { email: "aws+sanitisation@formula.example", unit: "Workloads/Prod" },
    [accounts.formulaProd.name]: { email: "aws+prod@formula.example", unit: "Workloads/Prod" },
    [accounts.formulaStaging.name]: { email: "aws+staging@formula.example", unit: "Workloads/NonProd" },
    [accounts.formulaDev.name]: { email: "aws+dev@formula.example", unit: "Workloads/NonProd" },
  },
} as const satisfies OrganizationEnvironment;
