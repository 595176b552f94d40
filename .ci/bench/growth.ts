/**
 * Synthesizes many environments in one process, those that environments/synthetic.ts makes up, then judges and compares
 * them as they lie in the tree. Prints, as JSON, how long the second part took.
 */
import path from "node:path";
import { z } from "zod";
import { startJudging } from "../../lib/cli/clean-roots";
import type { Root } from "../../lib/generator/root/root";
import { synthesize } from "../../lib/generator/synth/synthesize";
import { Configurations, readTree } from "../../lib/judgement/configuration";
import { judgeRoot } from "../../lib/judgement/guardrails/judge";
import { compareEnvironments, systemsOf } from "../../lib/judgement/parity";

const SYNTHETIC = z.object({ syntheticRoot: z.custom<(n: number) => Root>((value) => typeof value === "function") });

const [count, output = ""] = process.argv.slice(2);
const { syntheticRoot } = SYNTHETIC.parse(require(path.resolve("environments/synthetic.ts")));
const roots = Array.from({ length: Number(count) }, (_, n) => syntheticRoot(n));
synthesize(roots, output);

async function judge(): Promise<void> {
  const start = performance.now();
  const paths = roots.map(({ address }) => address);
  const today = new Date().toISOString().slice(0, 10);
  const finish = startJudging({ folder: output, paths, exceptions: new Map(), own: [], locked: [], today });
  const tree = new Configurations(readTree(output));
  const different = [...systemsOf(roots)].flatMap(([system, own]) => compareEnvironments(system, own, tree).undeclared);
  const clean = await finish(tree);
  const broken = paths.filter((root) => !clean.has(root) && judgeRoot(tree.root(root), [], today).broken.length > 0);
  if (broken.length + different.length > 0) throw new Error(`${broken.length} broken, ${different.length} undeclared`);
  console.log(JSON.stringify({ judgedSeconds: (performance.now() - start) / 1000 }));
}

void judge();
