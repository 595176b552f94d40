/** The AWS accounts of a root. */
import type { RootConfiguration } from "../configuration";
import { type HclValue, isList, isMapping } from "../hcl";

/** The account of the root: that of its default configuration of aws, which the tree has before those with an alias. */
export function accountOf(root: RootConfiguration): string | undefined {
  const [account] = accountsOf(root).values();
  return account;
}

/** The single account, twelve digits, that each configuration of aws allows. Keys are `aws` and, with an alias, `aws.dns`. */
export function accountsOf({ providers }: RootConfiguration): ReadonlyMap<string, string | undefined> {
  const configurations = (providers.aws ?? []).filter(isMapping);
  return new Map(
    configurations.map(({ alias, allowed_account_ids: allowed = null }) => [
      typeof alias === "string" ? `aws.${alias}` : "aws",
      singleAccount(allowed),
    ]),
  );
}

function singleAccount(allowed: HclValue): string | undefined {
  const [account, ...others] = isList(allowed) ? allowed : [];
  return typeof account === "string" && others.length === 0 ? account : undefined;
}
