/** `groundplan synth`: TypeScript to Terraform, once no guardrail is broken. */
import type { Command } from "commander";
import { composedRoots, composedTree } from "../composition-root";
import { Configurations } from "../configuration";
import { treeFolder } from "../tree";
import { writeTree } from "../write";
import { judged } from "./judged";

export function addSynth(program: Command): void {
  program
    .command("synth")
    .description("write the Terraform that the TypeScript describes; nothing is written where anything is wrong")
    .action(synth);
}

function synth(): void {
  const tree = new Configurations(new Map(composedTree().map(({ path, content }) => [path, content])));
  const told = judged(
    tree,
    composedRoots().map((root) => root.address),
  ).flatMap((one) => one.told);
  if (told.length > 0) {
    console.error(`${told.join("\n")}\nnothing was written`);
    process.exitCode = 1;
    return;
  }
  const { written, removed, unchanged } = writeTree(treeFolder(), composedTree());
  const seconds = (performance.now() / 1000).toFixed(1);
  console.log(
    `files in ${treeFolder()}: ${written.length} written, ${removed.length} removed, ${unchanged} unchanged; ${seconds} s`,
  );
}
