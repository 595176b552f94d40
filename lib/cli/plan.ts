/** `groundplan plan`: Terraform's plan of one root, with an AWS account or without. */
import type { Command } from "commander";
import { findRoot, init, inOfflineCopy, inRoot, plan, planJson, type Workplace } from "../terraform";
import { treeFolder } from "../tree";
import { withProgress } from "./progress";
import { tellMissingConfiguration } from "./terraform";

interface PlanOptions {
  readonly offline?: true;
  readonly json?: true;
}

export function add(program: Command): void {
  program
    .command("plan")
    .description("plan one root with the real Terraform")
    .argument("<root>", "a root: <system>/<environment>")
    .argument("[arguments...]", "after --, arguments for terraform plan")
    .option("--offline", "in a copy that needs no backend and no AWS account")
    .option("--json", "print the plan as the JSON of terraform show, and nothing else, on stdout")
    .action(planRoot);
}

async function planRoot(name: string, args: readonly string[], options: PlanOptions): Promise<void> {
  const rootPath = findRoot(treeFolder(), name);
  tellMissingConfiguration();
  const inPlace = options.offline ? inOfflineCopy : inRoot;
  await inPlace(treeFolder(), rootPath, async (workplace) => {
    await withProgress(`${workplace.name}: terraform init`, () => init(workplace));
    await (options.json ? printJson(workplace, args) : show(workplace, args));
  });
}

/** Ends with Terraform's own exit code, which is more than 0 or 1 with `-detailed-exitcode`. */
async function show(workplace: Workplace, args: readonly string[]): Promise<void> {
  const colors = process.stdout.isTTY ? [] : ["-no-color"];
  process.exitCode = await plan([...colors, ...args], { ...workplace, output: "shown" });
}

async function printJson(workplace: Workplace, args: readonly string[]): Promise<void> {
  const json = await withProgress(`${workplace.name}: terraform plan`, () => planJson(workplace, args));
  process.stdout.write(json);
}
