/** `groundplan isolation`: what lets accounts outside of production read production. Exit code 1 if something undeclared does. */
import type { Command } from "commander";
import { table } from "../common/table";
import { composedRoots, projectIsolation, sourcesOfTree } from "../generator/synth/composition-root";
import { treeFolder } from "../generator/synth/tree";
import { Configurations, readTree } from "../judgement/configuration";
import { type IsolationReport, isolationOf } from "../judgement/isolation";

export function add(program: Command): void {
  program
    .command("isolation")
    .description(
      "list what lets accounts outside of production read production; exit code 1 if a crossing is undeclared, or a declared one is not found",
    )
    .action(isolate);
}

function isolate(): void {
  const tree = new Configurations(readTree(treeFolder()), sourcesOfTree);
  const roots = composedRoots().map(({ address, props: { accountId, production } }) => ({
    configuration: tree.root(address),
    accountId,
    production,
  }));
  const report = isolationOf(roots, projectIsolation());
  console.log(print(report));
  if (report.leaks.length + report.unused.length > 0) process.exitCode = 1;
}

function print({ accounts, resources, leaks, declared, unused }: IsolationReport): string {
  return [
    `accounts of production: ${accounts.length}, resources read: ${resources}; crossings: ${leaks.length} undeclared, ${declared.length} declared, ${unused.length} declared and not found`,
    ...leaks.map(({ root, address, place, names, problem }) => `${root} ${address} ${place}: ${problem}: ${names}`),
    ...unused.map(({ root, address, names }) => `${root} ${address}: declared and not found; remove it: ${names}`),
    ...(declared.length === 0
      ? []
      : [
          "",
          table(
            ["root", "address", "place", "names"],
            declared.map((leak) => [leak.root, leak.address, leak.place, leak.names]),
          ),
        ]),
  ].join("\n");
}
