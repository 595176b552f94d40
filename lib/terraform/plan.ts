/** Plans, and what the generator reads of their JSON. */
import path from "node:path";
import { z } from "zod";
import { failure, type RunOptions, runTerraform, terraform } from "./run";
import { inOfflineCopy, type Workplace } from "./workplace";

const values = z.record(z.string(), z.unknown()).nullable();

/** @see https://developer.hashicorp.com/terraform/internals/json-format#plan-representation */
const PLAN = z.object({
  terraform_version: z.string(),
  resource_changes: z
    .array(
      z.object({
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
          after_unknown: z.unknown(),
        }),
      }),
    )
    .default([]),
});

export type PlanJson = z.infer<typeof PLAN>;
export type ResourceChange = PlanJson["resource_changes"][number];

/** Terraform's own plan of a root, made without an AWS account. @throws TerraformError where it cannot be planned. */
export function offlinePlan(treeFolder: string, rootPath: string): Promise<PlanJson> {
  return inOfflineCopy(treeFolder, rootPath, async (workplace) => {
    await init(workplace);
    return PLAN.parse(JSON.parse(await planJson(workplace)));
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

/** Exit code 2 is an answer too: a plan with changes, where `-detailed-exitcode` asks for it. */
export async function plan(args: readonly string[], options: RunOptions): Promise<number> {
  const { exitCode, stdout, stderr } = await runTerraform(["plan", ...args], options);
  if (exitCode !== 0 && exitCode !== 2) throw failure(["plan"], options.name, exitCode, stderr || stdout);
  return exitCode;
}
