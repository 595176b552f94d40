/** Checks of a plan that did not pass: `check` blocks, conditions of resources and outputs, validations of variables. */
import type { PlanJson } from "../../terraform/plan-json";

export interface CheckResult {
  /** `module.database.check.reachable`. */
  readonly address: string;
  /** Also `failed` if Terraform could not evaluate the check. */
  readonly status: "failed" | "unknown";
  /** The error messages of a failed check. */
  readonly problems: readonly string[];
}

export function checksIn({ checks }: Pick<PlanJson, "checks">): CheckResult[] {
  return checks.flatMap(({ address, status, instances }): CheckResult[] => {
    if (status === "pass") return [];
    const problems = instances.flatMap((instance) => instance.problems.map(({ message }) => message));
    return [{ address: address.to_display, status: status === "unknown" ? "unknown" : "failed", problems }];
  });
}
