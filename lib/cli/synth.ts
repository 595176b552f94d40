/** `groundplan synth`: writes the Terraform of all roots, unless a guardrail is broken. */
import type { Command } from "commander";
import {
  composedRoots,
  composedTree,
  projectJudgements,
  projectProviders,
  readsFilesElsewhere,
  sourcesOfTree,
} from "../generator/synth/composition-root";
import { writeOnly } from "../generator/synth/synthesize";
import { type GeneratedFile, treeFolder } from "../generator/synth/tree";
import { requirePublished } from "../judgement/guardrails/parameter-order";
import { sources } from "./cache.cjs";
import type { JudgedRoot } from "./judged";
import { remember, stateOf } from "./last-synth.cjs";
import { requireSameTree } from "./other-bindings";
import { withWaves } from "./parameter-waves";
import { keepPassed, passedRoots } from "./passed-roots";
import { renderedModules } from "./rendered-modules";
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
  if (found !== undefined) return found;
  const { render, keepAll } = renderedModules();
  const tree = composedTree(render);
  keepAll();
  found = findingsOf(tree);
  return found;
}

/** A root that passed is not judged again before something changes that its judgement follows from. */
function findingsOf(tree: readonly GeneratedFile[]): readonly JudgedRoot[] {
  const today = new Date().toISOString().slice(0, 10);
  const digests = rootDigests(tree, composedRoots(), [today, ...sources("lib")]);
  const passed = passedRoots();
  const open = [...digests].flatMap(([root, own]) => (passed[own] === undefined ? [root] : []));
  const { judgements, parameters } = open.length > 0 ? judgementsOf(tree, open) : { judgements: [], parameters: [] };
  const known = [...parameters, ...[...digests.values()].flatMap((own) => passed[own] ?? [])];
  requirePublished(withWaves(known));
  const wrong = judgements.filter(({ messages }) => messages.length > 0);
  for (const { judgement } of wrong) digests.delete(judgement.root.path);
  keepPassed(known, digests);
  return wrong;
}

/** The judges are loaded here, because a run that judges no root has no use for them. */
function judgementsOf(tree: readonly GeneratedFile[], roots: readonly string[]) {
  const { judged }: typeof import("./judged") = require("./judged");
  const { Configurations }: typeof import("../judgement/configuration") = require("../judgement/configuration");
  const {
    parametersOf,
  }: typeof import("../judgement/guardrails/parameters") = require("../judgement/guardrails/parameters");
  const configurations = new Configurations(new Map(tree.map(({ path, content }) => [path, content])), sourcesOfTree);
  return {
    judgements: judged(configurations, roots),
    parameters: roots.map((root) => parametersOf(configurations.root(root))),
  };
}

/** An exception that has expired stops its own root: the folder stays as it is, and the others are written. */
function synth(): void {
  const choices = composedRoots().map(({ props }) => props.providerVersions ?? {});
  for (const upgrade of projectProviders().upgradesIn(choices)) requireSameTree(upgrade, composedTree());
  const wrong = findings();
  for (const text of wrong.flatMap(({ messages }) => messages)) console.error(text);
  if (wrong.length > 0) process.exitCode = 1;
  if (wrong.some(({ hasOnlyExpired }) => !hasOnlyExpired)) {
    console.error("nothing was written");
    return;
  }
  requireRaisedCharts(composedTree());
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
  if (expired.length === 0 && !readsFilesElsewhere()) rememberTree(treeFolder());
}

/** The check is loaded only for a tree with charts. */
function requireRaisedCharts(tree: readonly GeneratedFile[]): void {
  if (!tree.some(({ path }) => path.endsWith("/Chart.yaml"))) return;
  const {
    requireRaisedVersions,
  }: typeof import("../kubernetes/chart-versions") = require("../kubernetes/chart-versions");
  requireRaisedVersions(tree, treeFolder());
}

/** Compares the tree once more, so that what the next run does not read is known to be right. */
function rememberTree(folder: string): void {
  const state = stateOf(folder);
  const { written, removed, unchanged } = writeOnly(folder, composedTree());
  if (written.length + removed.length === 0) remember(folder, state, unchanged);
}
