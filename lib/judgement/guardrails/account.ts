/** The account that a root is for. */
import type { RootConfiguration } from "../configuration";
import { isList, isMapping, type Value } from "../hcl";

/** The one account, twelve digits, that the root's own provider names. */
export function accountOf({ providers }: RootConfiguration): string | undefined {
  const [provider = null] = providers.aws ?? [];
  const allowed: Value = isMapping(provider) ? (provider.allowed_account_ids ?? null) : null;
  const [account, ...others] = isList(allowed) ? allowed : [];
  return typeof account === "string" && others.length === 0 ? account : undefined;
}
