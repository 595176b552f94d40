/** `groundplan synth`: TypeScript to Terraform, once no guardrail is broken. */
import type { Command } from "commander";
import { composedRoots, composedTree } from "../composition-root";
import { Configurations } from "../configuration";
import { writeOnly } from "../synthesize";
import { type GeneratedFile, treeFolder } from "../tree";
import { keep, recall, sources } from "./cache.cjs";
import { judged } from "./judged";
import { rootDigests } from "./root-digests";

export function add(program: Command): void {
  program
    .command("synth")
    .description("write the Terraform that the TypeScript describes; nothing is written where anything is wrong")
    .action(synth);
}

let found: readonly string[] | undefined;

/** Why the tree may not be written, worked out once: the launcher has it begin while the types are being checked. */
export function findings(): readonly string[] {
  found ??= findingsOf(composedTree());
  return found;
}

/** A root that passed is not judged again before something changes that its judgement follows from. */
function findingsOf(tree: readonly GeneratedFile[]): readonly string[] {
  const today = new Date().toISOString().slice(0, 10);
  const digests = rootDigests(tree, composedRoots(), [today, ...sources("lib")]);
  const passed = new Set(recall(PASSED)?.split("\n"));
  const open = [...digests].flatMap(([root, own]) => (passed.has(own) ? [] : [root]));
  const judgements = judged(new Configurations(new Map(tree.map(({ path, content }) => [path, content]))), open);
  for (const { judgement, told } of judgements) if (told.length > 0) digests.delete(judgement.root.path);
  keep(PASSED, [...digests.values()].join("\n"));
  return judgements.flatMap(({ told }) => told);
}

const PASSED = "passed-roots";

function synth(): void {
  if (findings().length > 0) {
    console.error(`${findings().join("\n")}\nnothing was written`);
    process.exitCode = 1;
    return;
  }
  const { written, removed, unchanged } = writeOnly(treeFolder(), composedTree());
  const seconds = (performance.now() / 1000).toFixed(1);
  console.log(
    `files in ${treeFolder()}: ${written.length} written, ${removed.length} removed, ${unchanged} unchanged; ${seconds} s`,
  );
}
