/** Plans, and what the generator reads of their JSON. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { InputError } from "../common/errors";
import { checkedInput } from "../common/input-file";
import { isComplete, LOCK_FILE, lockProblems, type PinnedProviders, unlocked } from "../generator/root/lock-entries";
import { waitingForLock } from "./lock";
import { CONFIGURATION } from "./plan-configuration";
import { PLAN_JSON, planIn } from "./plan-text";
import { requiredProviders } from "./required-providers";
import { colors, failure, type RunOptions, runTerraform, terraform } from "./run";
import { inOfflineCopy, type Workplace } from "./workplace";

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
    /** Present where an `import` block takes over an existing object. */
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
        /** Mirrors `values`: true stands where a value is not to be shown. */
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
  /** False where the plan leaves something out: it was targeted, or something was deferred. */
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

/** Parts of a plan that Terraform 1.11 does not write: a later version may say there what nobody has judged. */
export function unknownSections(plan: PlanJson): string[] {
  return Object.keys(plan).filter((key) => !(key in PLAN.shape));
}

export type PlanJson = z.infer<typeof PLAN>;
export type ResourceChange = z.infer<typeof RESOURCE_CHANGE>;
export type StateModule = z.infer<typeof STATE_MODULE>;

/** @throws InputError where the text is not the whole JSON of a plan, as `terraform show -json` prints it. */
export function readPlan(place: string, text: string): PlanJson {
  const plan = checkedInput(place, planIn(place, text), PLAN, { noun: "a plan", allowed: PLAN_JSON });
  for (const key of UNREAD) Reflect.deleteProperty(plan, key);
  return plan;
}

/** Terraform's own plan of a root, made without an AWS account. @throws TerraformError where it cannot be planned. */
export function offlinePlan(treeFolder: string, rootPath: string): Promise<PlanJson> {
  return inOfflineCopy(treeFolder, rootPath, async (workplace) => {
    await init(workplace);
    return readPlan(workplace.name, await planJson(workplace));
  });
}

/** Providers and modules for a workplace. */
/**
 * Initializes a root with the providers that it pins, and leaves a complete lock file as it is.
 * @throws InputError where the lock file selects others; nothing is downloaded then. The same where `-lockfile=readonly` needs
 * a lock file that nobody has made.
 */
export async function init(workplace: Workplace, args: readonly string[] = []): Promise<void> {
  const file = path.join(workplace.folder, LOCK_FILE);
  const lock = existsSync(file) ? readFileSync(file, "utf8") : "";
  const pinned = requiredProviders(workplace.folder);
  const problems = [...lockProblems(lock, pinned), ...(args.includes(READONLY) ? unlockedProblems(lock, pinned) : [])];
  if (problems.length > 0) throw new InputError(`${workplace.name}/${LOCK_FILE}`, problems);
  const readonly = isComplete(lock, pinned) && !args.includes(READONLY) ? [READONLY] : [];
  await terraform(["init", "-no-color", ...readonly, ...args], workplace);
}

const READONLY = "-lockfile=readonly";

/** What to do about providers whose checksums nobody has told Groundplan. */
export function unlockedProblems(lock: string, pinned: PinnedProviders): string[] {
  return unlocked(lock, pinned).map(
    ({ source, version }) =>
      `provider ${source}: got no checksums; allowed: those of ${version}. Run in the root's folder: ` +
      "terraform providers lock -platform=linux_amd64 -platform=darwin_arm64; copy the lock file to providers/ of the " +
      "project, name the copy in providers.lockFiles of main.ts, and run groundplan synth",
  );
}

/** What `terraform show -json` says of a fresh plan. */
export async function planJson(workplace: Workplace, args: readonly string[] = []): Promise<string> {
  const file = path.join(workplace.scratch, "saved.tfplan");
  await plan(["-no-color", `-out=${file}`, ...args], workplace);
  return terraform(["show", "-json", file], workplace);
}

/** A plan that is shown while it is made, as bytes for `terraform apply` and as the JSON of `terraform show`. */
export async function keptPlan(
  workplace: Workplace,
  args: readonly string[],
): Promise<{ readonly saved: Buffer; readonly json: string }> {
  const file = path.join(workplace.scratch, "saved.tfplan");
  await plan([...colors(), `-out=${file}`, ...args], { ...waitingForLock(workplace, "plan"), output: "shown" });
  return { saved: readFileSync(file), json: await terraform(["show", "-json", file], workplace) };
}

/** Exit code 2 is an answer too: a plan with changes, where `-detailed-exitcode` asks for it. */
export async function plan(args: readonly string[], options: RunOptions): Promise<number> {
  const run = await runTerraform(["plan", ...args], options);
  if (run.exitCode !== 0 && run.exitCode !== 2) throw failure(["plan"], options, run);
  return run.exitCode;
}
