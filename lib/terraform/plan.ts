/** Plans, and what the generator reads of their JSON. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { checkedInput } from "../input-file";
import { waitingForLock } from "./lock";
import { PLAN_JSON, planIn } from "./plan-text";
import { colors, failure, type RunOptions, runTerraform, terraform } from "./run";
import { inOfflineCopy, type Workplace } from "./workplace";

const values = z.record(z.string(), z.unknown()).nullable();

export const RESOURCE_CHANGE = z.object({
  address: z.string(),
  module_address: z.string().optional(),
  mode: z.enum(["managed", "data"]),
  type: z.string(),
  name: z.string(),
  /** Key of the instance, where the resource has `for_each` or `count`. */
  index: z.union([z.string(), z.number()]).optional(),
  change: z.object({
    actions: z.array(z.enum(["no-op", "create", "read", "update", "delete", "forget"])),
    before: values,
    after: values,
    /** Mirrors `after`: true stands where only the apply will tell. */
    after_unknown: z.unknown().optional(),
    /** Mirror `before` and `after`: true stands where a value is not to be shown. */
    before_sensitive: z.unknown().optional(),
    after_sensitive: z.unknown().optional(),
    /** The arguments for whose sake it is replaced. */
    replace_paths: z.array(z.array(z.union([z.string(), z.number()]))).default([]),
  }),
});

const MODULE_RESOURCE = z.object({
  mode: z.enum(["managed", "data"]),
  type: z.string(),
  name: z.string(),
  expressions: z.record(z.string(), z.unknown()).default({}),
  for_each_expression: z.unknown().optional(),
  count_expression: z.unknown().optional(),
});

const MODULE_CALL = z.object({
  source: z.string(),
  expressions: z.record(z.string(), z.unknown()).default({}),
  module: z.object({
    resources: z.array(MODULE_RESOURCE).default([]),
    variables: z.record(z.string(), z.object({ default: z.unknown().optional() })).default({}),
    outputs: z.record(z.string(), z.object({ expression: z.unknown().optional() })).default({}),
  }),
});

/** @see https://developer.hashicorp.com/terraform/internals/json-format#plan-representation */
const PLAN = z.object({
  terraform_version: z.string(),
  resource_changes: z.array(RESOURCE_CHANGE).default([]),
  /** What was changed without Terraform since the last apply. */
  resource_drift: z.array(RESOURCE_CHANGE).default([]),
  output_changes: z
    .record(z.string(), z.object({ after: z.unknown().optional(), after_sensitive: z.unknown().optional() }))
    .default({}),
  configuration: z.object({
    provider_config: z
      .record(z.string(), z.object({ name: z.string(), expressions: z.record(z.string(), z.unknown()).default({}) }))
      .default({}),
    root_module: z.object({
      resources: z.array(MODULE_RESOURCE).default([]),
      module_calls: z.record(z.string(), MODULE_CALL).default({}),
    }),
  }),
  /** False where the plan leaves something out: it was targeted, or something was deferred. */
  complete: z.boolean(),
  errored: z.boolean(),
});

export type PlanJson = z.infer<typeof PLAN>;
export type ResourceChange = PlanJson["resource_changes"][number];

/** @throws InputError where the text is not the whole JSON of a plan, as `terraform show -json` prints it. */
export function readPlan(place: string, text: string): PlanJson {
  return checkedInput(place, planIn(place, text), PLAN, { noun: "a plan", allowed: PLAN_JSON });
}

/** Terraform's own plan of a root, made without an AWS account. @throws TerraformError where it cannot be planned. */
export function offlinePlan(treeFolder: string, rootPath: string): Promise<PlanJson> {
  return inOfflineCopy(treeFolder, rootPath, async (workplace) => {
    await init(workplace);
    return readPlan(workplace.name, await planJson(workplace));
  });
}

/** Providers and modules for a workplace. */
export async function init(workplace: Workplace, args: readonly string[] = []): Promise<void> {
  await terraform(["init", "-no-color", ...args], workplace);
}

/** What `terraform show -json` says of a fresh plan. */
export async function planJson(workplace: Workplace, args: readonly string[] = []): Promise<string> {
  const file = path.join(workplace.scratch, "saved.tfplan");
  await plan(["-no-color", `-out=${file}`, ...args], workplace);
  return terraform(["show", "-json", file], workplace);
}

/** A plan that is shown while it is made, as bytes for `terraform apply` and as the JSON of `terraform show`. */
export async function keptPlan(workplace: Workplace): Promise<{ readonly saved: Buffer; readonly json: string }> {
  const file = path.join(workplace.scratch, "saved.tfplan");
  await plan([...colors(), `-out=${file}`], { ...waitingForLock(workplace, "plan"), output: "shown" });
  return { saved: readFileSync(file), json: await terraform(["show", "-json", file], workplace) };
}

/** Exit code 2 is an answer too: a plan with changes, where `-detailed-exitcode` asks for it. */
export async function plan(args: readonly string[], options: RunOptions): Promise<number> {
  const run = await runTerraform(["plan", ...args], options);
  if (run.exitCode !== 0 && run.exitCode !== 2) throw failure(["plan"], options, run);
  return run.exitCode;
}
