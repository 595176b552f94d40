/** The AWS account of a root. */
import type { RootConfiguration } from "../configuration";
import { type HclValue, isList, isMapping } from "../hcl";

/** The single account, twelve digits, that the root's default aws provider allows. */
export function accountOf({ providers }: RootConfiguration): string | undefined {
  const [provider = null] = providers.aws ?? [];
  const allowed: HclValue = isMapping(provider) ? (provider.allowed_account_ids ?? null) : null;
  const [account, ...others] = isList(allowed) ? allowed : [];
  return typeof account === "string" && others.length === 0 ? account : undefined;
}
