/** States as Terraform reads them, and the access in them that nobody's source explains. */
import { unmanagedAccess } from "../../../../lib/judgement/gate/unmanaged";
import type { HclValue } from "../../../../lib/judgement/hcl";
import { readPlan } from "../../../../lib/terraform";
import { EMPTY_PLAN } from "../../terraform/empty-plan";
import { resourceOf, rootOf } from "../guardrails/fixture";

export const ACCOUNT = "111122223333";
export type Values = { readonly [name: string]: HclValue };

export interface Standing {
  readonly type: string;
  readonly values: Values;
  /** Arguments that the source sets; none of those that AWS fills in. */
  readonly source?: Values;
  readonly ignored?: readonly string[];
  /** Values after the last apply; the same as now where they are left out. */
  readonly applied?: Values;
  readonly name?: string;
  /** Mirrors the values: true stands where Terraform hides one. */
  readonly sensitive?: object;
}

/** `<argument>: <what it gives>` for each finding in a state. */
export function found(standing: readonly Standing[], changes: readonly object[] = []): string[] {
  const entries = standing.map(({ type, values, applied, name = "this", sensitive = {} }) => ({
    address: `module.call.${type}.${name}`,
    module_address: "module.call",
    mode: "managed",
    type,
    name,
    values,
    sensitive_values: sensitive,
    change: { actions: ["update"], before: applied ?? values, after: values, after_sensitive: sensitive },
  }));
  const plan = readPlan(
    "plan.json",
    JSON.stringify({
      ...EMPTY_PLAN,
      prior_state: { values: { root_module: { child_modules: [{ address: "module.call", resources: entries }] } } },
      resource_changes: changes,
      resource_drift: entries,
    }),
  );
  const root = rootOf(
    standing.map(({ type, source = {}, ignored = [], name = "this" }) =>
      resourceOf(type, source, { name, lifecycle: { ignore_changes: ignored } }),
    ),
  );
  return unmanagedAccess(plan, root, ACCOUNT).map(({ argument, gives }) => `${argument}: ${gives}`);
}

export const document = (...statements: readonly object[]) =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });
