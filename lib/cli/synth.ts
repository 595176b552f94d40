/** `groundplan synth`: writes the Terraform of all roots, unless a guardrail is broken. */
import type { Command } from "commander";
import { composedRoots, composedTree, projectJudgements, projectProviders } from "../generator/synth/composition-root";
import { writeOnly } from "../generator/synth/synthesize";
import { type GeneratedFile, treeFolder } from "../generator/synth/tree";
import { keep, recall, sources } from "./cache.cjs";
import type { JudgedRoot } from "./judged";
import { requireSameTree } from "./other-bindings";
import { rootDigests } from "./root-digests";
import { newlyUnjudged } from "./unjudged";
import { vanished } from "./vanished";

export function add(program: Command): void {
  program
    .command("synth")
    .description(
      "write the Terraform of all roots; write nothing if a guardrail is broken, and skip a root whose exception has expired",
    )
    .action(synth);
}

let found: readonly JudgedRoot[] | undefined;

/** The roots with something wrong, worked out once: the launcher has it begin while the types are being checked. */
export function findings(): readonly JudgedRoot[] {
  found ??= findingsOf(composedTree());
  return found;
}

/** A root that passed is not judged again before something changes that its judgement follows from. */
function findingsOf(tree: readonly GeneratedFile[]): readonly JudgedRoot[] {
  const today = new Date().toISOString().slice(0, 10);
  const digests = rootDigests(tree, composedRoots(), [today, ...sources("lib")]);
  const passed = new Set(recall(PASSED)?.split("\n"));
  const open = [...digests].flatMap(([root, own]) => (passed.has(own) ? [] : [root]));
  const judgements = open.length === 0 ? [] : judgementsOf(tree, open);
  for (const { judgement, told } of judgements) if (told.length > 0) digests.delete(judgement.root.path);
  keep(PASSED, [...digests.values()].join("\n"));
  return judgements.filter(({ told }) => told.length > 0);
}

const PASSED = "passed-roots";

/** The judges are loaded here, because a run that judges no root has no use for them. */
function judgementsOf(tree: readonly GeneratedFile[], roots: readonly string[]): JudgedRoot[] {
  const { judged }: typeof import("./judged") = require("./judged");
  const { Configurations }: typeof import("../judgement/configuration") = require("../judgement/configuration");
  return judged(new Configurations(new Map(tree.map(({ path, content }) => [path, content]))), roots);
}

/** An exception that has expired stops its own root: the folder stays as it is, and the others are written. */
function synth(): void {
  const choices = composedRoots().map(({ props }) => props.providerVersions ?? {});
  for (const upgrade of projectProviders().upgradesIn(choices)) requireSameTree(upgrade, composedTree());
  const wrong = findings();
  for (const text of wrong.flatMap(({ told }) => told)) console.error(text);
  if (wrong.length > 0) process.exitCode = 1;
  if (wrong.some(({ hasOnlyExpired }) => !hasOnlyExpired)) {
    console.error("nothing was written");
    return;
  }
  const unjudged = newlyUnjudged(composedTree(), treeFolder(), projectJudgements());
  const ending = composedRoots().flatMap(({ address, props }) => (props.ending ? [address] : []));
  const gone = vanished(composedTree(), treeFolder(), ending);
  const expired = wrong.map(({ judgement }) => judgement.root.path);
  const { written, removed, unchanged } = writeOnly(treeFolder(), composedTree(), expired);
  for (const root of expired) console.error(`${root}: was not written, as an exception has expired`);
  const seconds = (performance.now() / 1000).toFixed(1);
  console.log(
    `files in ${treeFolder()}: ${written.length} written, ${removed.length} removed, ${unchanged} unchanged; ${seconds} s`,
  );
  for (const line of [...unjudged, ...gone]) console.log(line);
}
