/** The AWS accounts of a root. */
import type { ResourceInstance, RootConfiguration } from "../configuration";
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

/** Views of roots by their configurations with other accounts. */
const views = new WeakMap<RootConfiguration, Map<string, RootConfiguration>>();

/** The root as a resource of an alias sees it: if the alias has another account, this account is the root's own. */
export function inAccountOf({ provider = "aws" }: ResourceInstance, root: RootConfiguration): RootConfiguration {
  if (!provider.startsWith("aws.")) return root;
  const known = views.get(root) ?? new Map<string, RootConfiguration>();
  views.set(root, known);
  const view = known.get(provider) ?? viewOf(provider, root);
  known.set(provider, view);
  return view;
}

function viewOf(provider: string, root: RootConfiguration): RootConfiguration {
  const own = configurationsOf(root).get(provider);
  const account = accountsOf(root).get(provider);
  if (own === undefined || account === undefined || account === accountOf(root)) return root;
  const others = (root.providers.aws ?? []).filter((one) => one !== own);
  return { ...root, providers: { ...root.providers, aws: [own, ...others] } };
}
