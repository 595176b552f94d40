/** Whether a plan is for the accounts that its root declares. */

import type { PlanJson } from "../../terraform/plan-json";
import { asObject } from "../configuration/json";
import { accountsOf } from "../guardrails/account";
import type { GateContext } from "./context";
import type { ActionFinding } from "./rule";

/** An offline plan has placeholder credentials. It is for no account, and nobody can apply it. */
export function isOffline({ configuration }: PlanJson): boolean {
  const providers = Object.values(configuration.provider_config).filter(({ name }) => name === "aws");
  return providers.length > 0 && providers.every(({ expressions }) => constantOf(expressions.access_key) === "offline");
}

/** Resources of accounts that no configuration of the root declares, and configurations that allow another account. */
export function otherAccounts({ plan, root, changes, drift }: GateContext): ActionFinding[] {
  const declared = accountsOf(root);
  const accounts = new Set(declared.values());
  const foreign = [...changes, ...drift].flatMap(({ address, before, after, importId }) => {
    const arn = (importId === undefined ? before : (before ?? after))?.arn;
    const account = typeof arn === "string" ? /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1] : undefined;
    return account === undefined || accounts.has(account) ? [] : [{ address, got: `a resource of account ${account}` }];
  });
  return [...(isOffline(plan) ? [] : unguarded(plan, root.path, declared)), ...foreign];
}

/** Configurations of the plan that allow another account than the same configuration of the tree. */
function unguarded(
  { configuration }: PlanJson,
  address: string,
  declared: ReadonlyMap<string, string | undefined>,
): ActionFinding[] {
  return Object.entries(configuration.provider_config)
    .filter(([, { name }]) => name === "aws")
    .map(([key, { expressions }]) => {
      const allowed = JSON.stringify(constantOf(expressions.allowed_account_ids) ?? null);
      return { key, allowed, account: declared.get(key) };
    })
    .filter(({ allowed, account }) => allowed !== JSON.stringify([account]))
    .map(({ key, allowed, account = "no single account" }) => ({
      address,
      got: `${key}: allowed_account_ids = ${allowed}; the root declares ${account}`,
    }));
}

function constantOf(expression: unknown): unknown {
  return asObject(expression).constant_value;
}
