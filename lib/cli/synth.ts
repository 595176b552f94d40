/** `groundplan synth`: TypeScript to Terraform. */
import type { Command } from "commander";
import { composedTree } from "../composition-root";
import { treeFolder } from "../tree";
import { writeTree } from "../write";

export function addSynth(program: Command): void {
  program
    .command("synth")
    .description("write the Terraform that the TypeScript describes; nothing is written where anything is wrong")
    .action(synth);
}

function synth(): void {
  const { written, removed, unchanged } = writeTree(treeFolder(), composedTree());
  const seconds = (performance.now() / 1000).toFixed(1);
  console.log(
    `files in ${treeFolder()}: ${written.length} written, ${removed.length} removed, ${unchanged} unchanged; ${seconds} s`,
  );
}
