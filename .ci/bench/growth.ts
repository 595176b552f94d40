/**
 * Synthesizes many environments of environments/synthetic.ts in one process, then runs guardrails and parity on the tree.
 * Prints the duration of guardrails and parity as JSON.
 */
import path from "node:path";
import { z } from "zod";
import { comparedRoots, startRoots } from "../../lib/cli/root-threads";
import type { Root } from "../../lib/generator/root/root";
import { synthesize } from "../../lib/generator/synth/synthesize";
import { Configurations, readTree } from "../../lib/judgement/configuration";
import { judgeRoot } from "../../lib/judgement/guardrails/judge";
import { startComparing, systemsOf } from "../../lib/judgement/parity";

const SYNTHETIC = z.object({ syntheticRoot: z.custom<(n: number) => Root>((value) => typeof value === "function") });

const [count, output = ""] = process.argv.slice(2);
const { syntheticRoot } = SYNTHETIC.parse(require(path.resolve("environments/synthetic.ts")));
const roots = Array.from({ length: Number(count) }, (_, n) => syntheticRoot(n));
synthesize(roots, output);

async function judge(): Promise<void> {
  const start = performance.now();
  const paths = roots.map(({ address }) => address);
  const today = new Date().toISOString().slice(0, 10);
  const guardrails = { exceptions: new Map(), own: [], locked: [], today };
  const finish = startRoots({ folder: output, paths, guardrails, compared: comparedRoots(roots) });
  const tree = new Configurations(readTree(output));
  const started = [...systemsOf(roots)].map(([system, own]) => ({
    system,
    compare: startComparing(system, own, tree),
  }));
  const { clean, texts } = await finish(tree);
  const different = started.flatMap(({ system, compare }) => compare(texts.get(system) ?? new Map()).undeclared);
  const broken = paths.filter((root) => !clean.has(root) && judgeRoot(tree.root(root), [], today).broken.length > 0);
  if (broken.length + different.length > 0) throw new Error(`${broken.length} broken, ${different.length} undeclared`);
  console.log(JSON.stringify({ judgedSeconds: (performance.now() - start) / 1000 }));
}

void judge();
