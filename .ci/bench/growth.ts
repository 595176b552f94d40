/**
 * Synthesizes many environments in one process, those that environments/synthetic.ts makes up, then judges and compares
 * them as they lie in the tree. Prints, as JSON, how long the second part took.
 */
import path from "node:path";
import { z } from "zod";
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

const start = performance.now();
const tree = new Configurations(readTree(output));
const today = new Date().toISOString().slice(0, 10);
const broken = roots.flatMap((root) => judgeRoot(tree.root(root.address), [], today).broken);
const different = [...systemsOf(roots)].flatMap(([system, own]) => compareEnvironments(system, own, tree).undeclared);
if (broken.length + different.length > 0) throw new Error(`${broken.length} broken, ${different.length} undeclared`);
console.log(JSON.stringify({ judgedSeconds: (performance.now() - start) / 1000 }));
