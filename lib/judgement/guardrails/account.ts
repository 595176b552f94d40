/** The AWS accounts of a root. */
import type { RootConfiguration } from "../configuration";
import { type HclValue, isList, isMapping, type Mapping } from "../hcl";

/** The account of the root: that of its default configuration of aws, which the tree has before those with an alias. */
export function accountOf(root: RootConfiguration): string | undefined {
  const [account] = accountsOf(root).values();
  return account;
}

/** The single account, twelve digits, that each configuration of aws allows. Keys are `aws` and, with an alias, `aws.dns`. */
export function accountsOf(root: RootConfiguration): ReadonlyMap<string, string | undefined> {
  return new Map(
    [...configurationsOf(root)].map(([name, { allowed_account_ids: allowed = null }]) => [
      name,
      singleAccount(allowed),
    ]),
  );
}

/** The configurations of aws, by `aws` and, with an alias, `aws.dns`. */
export function configurationsOf({ providers }: RootConfiguration): ReadonlyMap<string, Mapping> {
  const configurations = (providers.aws ?? []).filter(isMapping);
  return new Map(configurations.map((one) => [typeof one.alias === "string" ? `aws.${one.alias}` : "aws", one]));
}

function singleAccount(allowed: HclValue): string | undefined {
  const [account, ...others] = isList(allowed) ? allowed : [];
  return typeof account === "string" && others.length === 0 ? account : undefined;
}
