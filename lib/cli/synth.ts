/** `groundplan synth`: TypeScript to Terraform. */
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Command } from "commander";
import { z } from "zod";
import { treeFolder } from "../tree";
import { InputError } from "../validation";

export function addSynth(program: Command): void {
  program
    .command("synth")
    .description("write the Terraform that the TypeScript describes; nothing is written where anything is wrong")
    .action(synth);
}

async function synth(): Promise<void> {
  const { written, removed, unchanged } = await runCompositionRoot();
  const seconds = (performance.now() / 1000).toFixed(1);
  console.log(
    `files in ${treeFolder()}: ${written.length} written, ${removed.length} removed, ${unchanged} unchanged; ${seconds} s`,
  );
}

const MAIN = z.object({
  summary: z.object({ written: z.array(z.string()), removed: z.array(z.string()), unchanged: z.number() }),
});

/** main.ts synthesizes when it is loaded, so that CDKTF's command line can run it by itself too. */
async function runCompositionRoot() {
  const main: unknown = await import(pathToFileURL(path.resolve("dist/main.js")).href);
  const { data } = MAIN.safeParse(main);
  if (data !== undefined) return data.summary;
  throw new InputError("main.ts", [
    "summary: got nothing of this name; allowed: export const summary = synthesize([…])",
  ]);
}
