/** `groundplan synth`: TypeScript to Terraform, once no guardrail is broken. */
import type { Command } from "commander";
import { composedRoots, composedTree } from "../composition-root";
import { Configurations } from "../configuration";
import { treeFolder } from "../tree";
import { writeTree } from "../write";
import { judged } from "./judged";

export function add(program: Command): void {
  program
    .command("synth")
    .description("write the Terraform that the TypeScript describes; nothing is written where anything is wrong")
    .action(synth);
}

let found: readonly string[] | undefined;

/** Why the tree may not be written, worked out once: the launcher has it begin while the types are being checked. */
export function findings(): readonly string[] {
  if (found === undefined) {
    const tree = new Configurations(new Map(composedTree().map(({ path, content }) => [path, content])));
    const paths = composedRoots().map((root) => root.address);
    found = judged(tree, paths).flatMap(({ told }) => told);
  }
  return found;
}

function synth(): void {
  if (findings().length > 0) {
    console.error(`${findings().join("\n")}\nnothing was written`);
    process.exitCode = 1;
    return;
  }
  const { written, removed, unchanged } = writeTree(treeFolder(), composedTree());
  const seconds = (performance.now() / 1000).toFixed(1);
  console.log(
    `files in ${treeFolder()}: ${written.length} written, ${removed.length} removed, ${unchanged} unchanged; ${seconds} s`,
  );
}
