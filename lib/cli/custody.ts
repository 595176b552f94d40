/** `groundplan custody`: hands a kept plan on to those who approve and apply it. */
import path from "node:path";
import type { Command } from "commander";
import { readCustody } from "../pipeline/delivery/custody";
import { CUSTODY_FILE } from "../pipeline/delivery/keep";
import { putPlan } from "../pipeline/delivery/put";
import { fromCaller } from "./caller.cjs";
import { composedRoot } from "./composed-root";

export function add(program: Command): void {
  const custody = program.command("custody").description("hand a plan on from its plan job to its apply job");
  custody
    .command("put")
    .description("upload the plan of a folder to its root's plans bucket; prints the SHA-256 of custody.json")
    .argument("<folder>", "what `groundplan plan --keep` has written", fromCaller)
    .action(put);
}

async function put(folder: string): Promise<void> {
  const file = path.join(folder, CUSTODY_FILE);
  const custody = readCustody(file);
  console.log(await putPlan(composedRoot(custody.root), file, custody));
}
