/** Terraform providers: where they come from, and which versions roots and modules ask for. */

interface ProviderSource {
  readonly source: string;
  /** The version that a root pins. The bindings in package.json are made from the same one. */
  readonly exact: string;
  /** What a module accepts. */
  readonly range: string;
}

export const PROVIDERS = {
  aws: { source: "registry.terraform.io/hashicorp/aws", exact: "5.100.0", range: ">= 5.100.0, < 6.0.0" },
  kubernetes: { source: "registry.terraform.io/hashicorp/kubernetes", exact: "2.38.0", range: ">= 2.38.0, < 3.0.0" },
  helm: { source: "registry.terraform.io/hashicorp/helm", exact: "3.1.1", range: ">= 3.1.1, < 4.0.0" },
} as const satisfies Record<string, ProviderSource>;

export type ProviderName = keyof typeof PROVIDERS;

/** A provider's default configuration (`aws`) or one that the caller passes under a name (`aws.us_east_1`). */
export type ProviderAddress = ProviderName | `${ProviderName}.${string}`;

/** Modules read variables in the validation of others (1.9) and roots lock their state with S3 objects (1.10). */
export const REQUIRED_TERRAFORM = ">= 1.11.0, < 2.0.0";

export function providerName(address: ProviderAddress): ProviderName {
  const name = address.split(".")[0];
  if (name === "aws" || name === "kubernetes" || name === "helm") return name;
  throw new Error(
    `${address}: no such provider; allowed: ${Object.keys(PROVIDERS).join(", ")}, each with an alias or without`,
  );
}
