/** Addresses of provider configurations, as modules and roots name them. */

/** A provider's local name, as in `@cdktf/provider-<name>`, alone (`aws`) or with an alias (`aws.us_east_1`). */
export type ProviderAddress = string;

/** The provider's local name: `aws` of `aws.us_east_1`. */
export function providerName(address: ProviderAddress): string {
  return address.split(".")[0] ?? address;
}
