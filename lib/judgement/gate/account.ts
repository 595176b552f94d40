/** Whether a plan is for the account of its root. */

import type { PlanJson } from "../../terraform/plan-json";
import { asObject } from "../configuration/json";
import { accountOf } from "../guardrails/account";
import type { GateContext } from "./context";
import type { ActionFinding } from "./rule";

/** An offline plan has placeholder credentials. It is for no account, and nobody can apply it. */
export function isOffline({ configuration }: PlanJson): boolean {
  const providers = Object.values(configuration.provider_config).filter(({ name }) => name === "aws");
  return providers.length > 0 && providers.every(({ expressions }) => constantOf(expressions.access_key) === "offline");
}

export function otherAccounts({ plan, root, changes, drift }: GateContext): ActionFinding[] {
  const account = accountOf(root);
  const foreign = [...changes, ...drift].flatMap(({ address, before, after, importId }) => {
    const arn = (importId === undefined ? before : (before ?? after))?.arn;
    const other = typeof arn === "string" ? /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1] : undefined;
    return other === undefined || other === account ? [] : [{ address, got: `a resource of account ${other}` }];
  });
  return [...(isOffline(plan) ? [] : unguarded(plan, root.path, account)), ...foreign];
}

/** Provider configurations of the plan that also accept another account. */
function unguarded({ configuration }: PlanJson, address: string, account: string | undefined): ActionFinding[] {
  return Object.values(configuration.provider_config)
    .filter(({ name }) => name === "aws")
    .map(({ expressions }) => JSON.stringify(constantOf(expressions.allowed_account_ids) ?? null))
    .filter((allowed) => allowed !== JSON.stringify([account]))
    .map((allowed) => ({
      address,
      got: `allowed_account_ids = ${allowed}, but the root is for ${account ?? "no single account"}`,
    }));
}

function constantOf(expression: unknown): unknown {
  return asObject(expression).constant_value;
}
