/** Measured programs: the committed program, its lower bound and its stock setup, each in a separate folder. */
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { InputError } from "../../lib/common/errors";
import { measure, type Program } from "./measure";
import { arrangeAsStock, installStock, stockArguments } from "./stock";

export interface Contender extends Program {
  readonly name: string;
  /** What is done before each run, and not measured. */
  readonly before?: () => unknown;
  /** Folder that it writes its tree into; undefined where it writes none. */
  readonly output?: string;
  /** Whether each run finds the tree of the one before. */
  readonly keepsOutput?: true;
}

/** Compiled files, and the configuration of the compiler. */
const SOURCES = [
  "main.ts",
  "project.ts",
  "lib",
  ".ci/bench",
  "modules",
  "contracts",
  "environments",
  "package.json",
  "tsconfig.json",
  "tsconfig.synth.json",
  ".swcrc",
];

/** Cache of synth. */
const KEPT = "node_modules/.cache";

/**
 * Synth as `groundplan synth` does it for the first time, after an edit and without one; its parts, its floor and the stock
 * arrangement. Their order counts: `restored` and `again` follow an edit that has been checked.
 */
export async function programs(project: string, scratch: string): Promise<Contender[]> {
  const ours = copyProject(project, path.join(scratch, "ours"));
  const stock = copyProject(project, path.join(scratch, "stock"));
  arrangeAsStock(stock);
  const tree = path.join(scratch, "tree");
  const synth = { args: ["lib/cli/launch.mjs", "synth"], folder: ours };
  await measure({ ...synth, environment: { CDKTF_OUTDIR: tree } });
  const loaded = path.join(scratch, "loaded.json");
  const { stdout } = await measure({ args: typeScript(".ci/bench/loaded.ts"), folder: ours });
  writeFileSync(loaded, stdout);
  const writing = (name: string, folder: string, args: readonly string[]) => {
    const output = path.join(scratch, "output", name);
    return { name, folder, args, output, environment: { CDKTF_OUTDIR: output } };
  };
  const again = writing("again", ours, synth.args);
  return [
    {
      ...writing("ours", ours, synth.args),
      before: () => rmSync(path.join(ours, KEPT), { recursive: true, force: true }),
    },
    {
      ...writing("edited", ours, synth.args),
      before: () => appendFileSync(path.join(ours, "main.ts"), "// Edited.\n"),
    },
    writing("restored", ours, synth.args),
    { ...again, before: () => measure(again), keepsOutput: true },
    { name: "tsc", folder: ours, args: [tsc(), "-p", "tsconfig.synth.json"] },
    writing("synth", ours, typeScript(".ci/bench/synth.ts")),
    writing("floor", ours, [".ci/bench/floor.mjs", loaded, tree, path.join(scratch, "output/floor")]),
    writing("stock", stock, stockArguments(installStock(project))),
  ];
}

/** Synth of many environments in one process, in the copy of `programs`. */
export function growth(project: string, scratch: string, environments: number): Contender {
  if (!existsSync(path.join(project, "environments/synthetic.ts"))) {
    throw new InputError("environments/synthetic.ts", [
      "got no such file; allowed: one that exports syntheticRoot(n), the root of the n-th made-up environment",
    ]);
  }
  const name = `growth-${environments}`;
  const output = path.join(scratch, "output", name);
  const args = typeScript(".ci/bench/growth.ts", String(environments), output);
  return { name, folder: path.join(scratch, "ours"), args, output };
}

/** @throws Error if two trees differ, since then their programs did not do the same work */
export function refuseDifference(expected: string, actual: string): void {
  const files = (folder: string) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
  const differs = (file: string) => {
    const [one, other] = [path.join(expected, file), path.join(actual, file)];
    return !existsSync(one) || !existsSync(other) || !readFileSync(one).equals(readFileSync(other));
  };
  const different = [...new Set([...files(expected), ...files(actual)])].filter(differs);
  if (different.length > 0)
    throw new Error(
      `${path.basename(actual)} and ${path.basename(expected)} write different trees: ${different.join(", ")}`,
    );
}

function copyProject(project: string, copy: string): string {
  mkdirSync(copy, { recursive: true });
  const names = SOURCES.filter((name) => existsSync(path.join(project, name)));
  for (const name of names) cpSync(path.join(project, name), path.join(copy, name), { recursive: true });
  mkdirSync(path.join(copy, "node_modules"));
  for (const name of readdirSync(path.join(project, "node_modules")).filter((name) => name !== path.basename(KEPT))) {
    symlinkSync(path.join(project, "node_modules", name), path.join(copy, "node_modules", name));
  }
  return copy;
}

/** A TypeScript file of this repository, run without a type check, as the command line runs it. */
function typeScript(...args: readonly string[]): string[] {
  return ["--require=./lib/cli/typescript.cjs", ...args];
}

function tsc(): string {
  return path.join(path.dirname(require.resolve("typescript/package.json")), "bin/tsc");
}
