/** `groundplan plan`: runs terraform plan for one root, with or without an AWS account. */
import { type Command, Option } from "commander";
import { InputError } from "../common/errors";
import { composedRoots } from "../generator/synth/composition-root";
import { treeFolder } from "../generator/synth/tree";
import { keepPlan } from "../pipeline/delivery/keep";
import { PlansBucket } from "../pipeline/delivery/plans-bucket";
import { backendArguments, newSandboxProblems } from "../pipeline/delivery/sandboxes";
import {
  colors,
  findRoot,
  init,
  inOfflineCopy,
  inRoot,
  inRootAlone,
  plainInputs,
  plan,
  planJson,
  requireWrittenTree,
  type Workplace,
  withPlanInputs,
} from "../terraform";
import { fromCaller } from "./caller.cjs";
import { composedRoot } from "./composed-root";
import { withProgress } from "./progress";
import { reportDetours, reportMissingConfiguration, reportStandIns } from "./terraform";

interface PlanOptions {
  readonly offline?: true;
  readonly json?: true;
  readonly keep?: string;
  readonly sandbox?: string;
}

export function add(program: Command): void {
  program
    .command("plan")
    .description("run terraform plan for one root")
    .argument("<root>", "root: <system>/<environment> or accounts/<account>")
    .argument("[arguments...]", "arguments for terraform plan, after --")
    .option("--offline", "plan a copy of the root that needs no backend and no AWS account")
    .option("--json", "print only the plan, as the JSON of terraform show")
    .addOption(
      new Option(
        "--sandbox <name>",
        "sandbox to plan, of a root with a state for each sandbox; it has the values of the root's inputs",
      ).conflicts("offline"),
    )
    .addOption(
      new Option("--keep <folder>", "save plan.tfplan, plan.json and custody.json in this folder, for groundplan apply")
        .conflicts(["offline", "json"])
        .argParser(fromCaller),
    )
    .action(planRoot);
}

async function planRoot(name: string, args: readonly string[], options: PlanOptions): Promise<void> {
  const rootPath = findRoot(treeFolder(), name);
  requireWrittenTree(treeFolder());
  reportMissingConfiguration();
  if (options.keep !== undefined) return keep(rootPath, args, options.keep, options.sandbox);
  if (!options.offline) reportDetours();
  const inPlace = options.offline ? inOfflineCopy : inRoot;
  const backend = options.sandbox === undefined ? [] : backendArguments(composedRoot(rootPath), options.sandbox);
  await inPlace(treeFolder(), rootPath, async (workplace) => {
    await withProgress(`${workplace.name}: terraform init`, () => init(workplace, backend));
    const ready = options.offline ? workplace : withPlanInputs(workplace);
    if (options.offline) reportStandIns(treeFolder(), rootPath);
    await (options.json ? printJson(ready, args) : show(ready, args));
  });
}

/**
 * A saved plan covers the whole root. It may skip the refresh: during an outage of the region with the control planes of IAM
 * and Route 53 nobody can read their resources, and a standby does not change them.
 */
const WITHOUT_REFRESH = "-refresh=false";

async function keep(rootPath: string, args: readonly string[], folder: string, sandbox?: string): Promise<void> {
  if (args.some((one) => one !== WITHOUT_REFRESH))
    throw new InputError("--keep", [`got "${args.join(" ")}"; allowed: ${WITHOUT_REFRESH}, or nothing`]);
  const root = composedRoot(rootPath);
  const backend = backendArguments(root, sandbox);
  await inRootAlone(treeFolder(), rootPath, async (workplace) => {
    const bucket = new PlansBucket(root);
    await withProgress(`${workplace.name}: terraform init`, () => init(workplace, ["-lockfile=readonly", ...backend]));
    if (sandbox !== undefined) {
      const problems = await newSandboxProblems(root, composedRoots(), sandbox, plainInputs(workplace));
      if (problems.length > 0) throw new InputError(`${workplace.name}, sandbox ${sandbox}`, problems);
    }
    const of = { root: rootPath, ...(sandbox !== undefined && { sandbox }) };
    await keepPlan(treeFolder(), of, withPlanInputs(workplace), bucket, folder, args);
  });
}

/** Ends with Terraform's own exit code, which is more than 0 or 1 with `-detailed-exitcode`. */
async function show(workplace: Workplace, args: readonly string[]): Promise<void> {
  process.exitCode = await plan([...colors(), ...args], { ...workplace, output: "shown" });
}

async function printJson(workplace: Workplace, args: readonly string[]): Promise<void> {
  const json = await withProgress(`${workplace.name}: terraform plan`, () => planJson(workplace, args));
  process.stdout.write(json);
}
