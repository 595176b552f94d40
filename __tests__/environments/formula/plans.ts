/** The plans of Formula's environments, by name. */
import { inParallel } from "../../../lib/terraform";
import { PLAN_TIMEOUT, type Planned } from "../../support/planned";
import { describeWithTerraform } from "../../support/terraform-needed";
import { committedPlan } from "../committed-plan";

export const NAMES = ["dev", "staging", "prod"] as const;

/** Declares tests of the plans. They are skipped without Terraform. */
export function describePlans(title: string, tests: (planOf: (name: (typeof NAMES)[number]) => Planned) => void): void {
  describeWithTerraform(title, () => {
    const plans = new Map<string, Planned>();
    beforeAll(async () => {
      const planned = await inParallel(NAMES, (name) => committedPlan(`environments/formula/${name}`));
      NAMES.forEach((name, i) => {
        const plan = planned[i];
        if (plan !== undefined) plans.set(name, plan);
      });
    }, PLAN_TIMEOUT);
    tests((name) => {
      const plan = plans.get(name);
      if (plan === undefined) throw new Error(`${name} was not planned`);
      return plan;
    });
  });
}
