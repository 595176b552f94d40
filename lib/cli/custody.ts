/** `groundplan custody`: hands a saved plan from the plan job to the apply job. */
import path from "node:path";
import type { Command } from "commander";
import { readCustody } from "../pipeline/delivery/custody";
import { CUSTODY_FILE } from "../pipeline/delivery/keep";
import { putPlan } from "../pipeline/delivery/put";
import { fromCaller } from "./caller.cjs";
import { composedRoot } from "./composed-root";

export function add(program: Command): void {
  const custody = program.command("custody").description("hand a saved plan from the plan job to the apply job");
  custody
    .command("put")
    .description("upload a saved plan to the plans bucket of its root, and print the SHA-256 of custody.json")
    .argument("<folder>", "folder that `groundplan plan --keep` wrote", fromCaller)
    .action(put);
}

async function put(folder: string): Promise<void> {
  const file = path.join(folder, CUSTODY_FILE);
  const custody = readCustody(file);
  console.log(await putPlan(composedRoot(custody.root), file, custody));
}
