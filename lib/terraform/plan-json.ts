/**
 * The JSON of a plan, as `terraform show -json` prints it, as far as it is read. Apart from running Terraform.
 * @see https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
 */
import { z } from "zod";
import { checkedInput } from "../common/input-file";
import { CONFIGURATION } from "./plan-configuration";
import { PLAN_JSON, planIn } from "./plan-text";

const values = z.record(z.string(), z.unknown()).nullable();

export const RESOURCE_CHANGE = z.object({
  address: z.string(),
  /** The address that a `moved` block gives up. */
  previous_address: z.string().optional(),
  /** Key of an object that was replaced and not yet destroyed; it has the address of its replacement. */
  deposed: z.string().optional(),
  /** Why Terraform plans the action, such as `replace_because_tainted`. */
  action_reason: z.string().optional(),
  module_address: z.string().optional(),
  mode: z.enum(["managed", "data"]),
  type: z.string(),
  name: z.string(),
  /** Key of the instance, if the resource has `for_each` or `count`. */
  index: z.union([z.string(), z.number()]).optional(),
  change: z.object({
    actions: z.array(z.enum(["no-op", "create", "read", "update", "delete", "forget"])),
    before: values,
    after: values,
    /** Mirrors `after`: true marks a value that is known only after the apply. */
    after_unknown: z.unknown().optional(),
    /** Mirror `before` and `after`: true marks a sensitive value. */
    before_sensitive: z.unknown().optional(),
    after_sensitive: z.unknown().optional(),
    /** Arguments that require the replacement. */
    replace_paths: z.array(z.array(z.union([z.string(), z.number()]))).default([]),
    /** Present if an `import` block imports the object. */
    importing: z.object({ id: z.string().optional() }).optional(),
  }),
});

/** A module of a state. */
const STATE_MODULE = z.object({
  address: z.string().optional(),
  resources: z
    .array(
      z.object({
        address: z.string(),
        mode: z.enum(["managed", "data"]),
        type: z.string(),
        name: z.string(),
        index: z.union([z.string(), z.number()]).optional(),
        deposed_key: z.string().optional(),
        values: z.record(z.string(), z.unknown()).default({}),
        /** Mirrors `values`: true marks a sensitive value. */
        sensitive_values: z.unknown().optional(),
      }),
    )
    .default([]),
  get child_modules() {
    return z.array(STATE_MODULE).default([]);
  },
});

/** @see https://developer.hashicorp.com/terraform/internals/json-format#checks-representation */
const CHECK = z.object({
  address: z.object({ kind: z.string(), to_display: z.string() }),
  status: z.enum(["pass", "fail", "error", "unknown"]),
  instances: z.array(z.object({ problems: z.array(z.object({ message: z.string() })).default([]) })).default([]),
});

/** @see https://developer.hashicorp.com/terraform/internals/json-format#plan-representation */
const PLAN = z.looseObject({
  terraform_version: z.string(),
  /** Absent in a refresh-only plan, and in the plan of a root without resources. */
  resource_changes: z.array(RESOURCE_CHANGE).default([]),
  /** What was changed without Terraform since the last apply. */
  resource_drift: z.array(RESOURCE_CHANGE).default([]),
  output_changes: z
    .record(
      z.string(),
      z.object({
        actions: z.array(z.enum(["no-op", "create", "update", "delete"])),
        after: z.unknown().optional(),
        after_sensitive: z.unknown().optional(),
      }),
    )
    .default({}),
  /** The state after Terraform has read every object again. */
  prior_state: z.object({ values: z.object({ root_module: STATE_MODULE.optional() }).optional() }).optional(),
  /** Results of `check` blocks, conditions and validations. */
  checks: z.array(CHECK).default([]),
  configuration: CONFIGURATION,
  /** False if the plan is partial: it was targeted, or a change was deferred. */
  complete: z.boolean(),
  /** Whether an apply would change anything, be it only the state. */
  applyable: z.boolean(),
  errored: z.boolean(),
});

/** What Terraform 1.11 writes as well and nothing here reads. Where it defers changes, the plan is not complete. */
const UNREAD = new Set([
  "format_version",
  "timestamp",
  "variables",
  "planned_values",
  "relevant_attributes",
  "deferred_changes",
]);

/** Parts of a plan that Terraform 1.11 does not write: no rule judges a section that a later version adds. */
export function unknownSections(plan: PlanJson): string[] {
  return Object.keys(plan).filter((key) => !(key in PLAN.shape));
}

export type PlanJson = z.infer<typeof PLAN>;
export type ResourceChange = z.infer<typeof RESOURCE_CHANGE>;
export type StateModule = z.infer<typeof STATE_MODULE>;

/** @throws InputError if the text is not the whole JSON of a plan, as `terraform show -json` prints it. */
export function readPlan(place: string, text: string): PlanJson {
  const plan = checkedInput(place, planIn(place, text), PLAN, { noun: "a plan", allowed: PLAN_JSON });
  for (const key of UNREAD) Reflect.deleteProperty(plan, key);
  return plan;
}
