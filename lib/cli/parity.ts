/** `groundplan parity`: compares the environments of a system. Exit code 1 if they have an undeclared difference. */
import { type Command, Option } from "commander";
import { InputError } from "../common/errors";
import type { Root } from "../generator/root/root";
import { composedRoots, sourcesOfTree } from "../generator/synth/composition-root";
import { treeFolder } from "../generator/synth/tree";
import { Configurations, readTree } from "../judgement/configuration";
import { type Comparison, startComparing, systemsOf } from "../judgement/parity";
import { reportAsMarkdown, reportForTerminal } from "../judgement/parity/report";
import { comparedRoots, startRoots } from "./root-threads";

interface Options {
  readonly markdown?: true;
  readonly json?: true;
}

export function add(program: Command): void {
  program
    .command("parity")
    .description(
      "compare the environments of a system; exit code 1 if they differ in more than sizing, identity and declared differences",
    )
    .argument("[system]", "<system>, or <system>/<component>; default: all systems")
    .addOption(new Option("--markdown", "print the report as Markdown").conflicts("json"))
    .option("--json", 'print only { "systems": […] } with every place and value, as JSON')
    .action(compare);
}

async function compare(name: string | undefined, options: Options): Promise<void> {
  // A sandbox is a part of an environment.
  const roots = composedRoots().filter(({ props }) => props.sandboxes === undefined);
  const systems = chosen(systemsOf(roots), name);
  const folder = treeFolder();
  const compared = comparedRoots(systems.flatMap(([, roots]) => roots));
  const finish = startRoots({ folder, paths: [...compared.keys()], compared });
  const tree = new Configurations(readTree(folder), sourcesOfTree);
  const started = systems.map(([system, roots]) => ({ system, comparison: startComparing(system, roots, tree) }));
  const { texts } = await finish(tree);
  const comparisons = started.map(({ system, comparison }) => comparison(texts.get(system) ?? new Map()));
  console.log(print(comparisons, options));
  if (comparisons.some(({ undeclared }) => undeclared.length > 0)) process.exitCode = 1;
}

function chosen(systems: ReadonlyMap<string, readonly Root[]>, name: string | undefined) {
  if (name === undefined) return [...systems];
  const chosen = [...systems].filter(([system]) => system === name || system.startsWith(`${name}/`));
  if (chosen.length > 0) return chosen;
  const allowed = [...systems.keys()].join(", ") || "none, as no system has an environment";
  throw new InputError("unknown system", [`got "${name}"; allowed: ${allowed}`]);
}

function print(comparisons: readonly Comparison[], { markdown, json }: Options): string {
  if (json) return JSON.stringify({ systems: comparisons }, null, 2);
  if (comparisons.length === 0) return "no system has an environment";
  return markdown ? reportAsMarkdown(comparisons) : reportForTerminal(comparisons);
}
