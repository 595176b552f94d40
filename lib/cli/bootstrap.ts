/** `groundplan bootstrap`: the first apply of an account, whose state backend is what it makes. */
import { createInterface } from "node:readline";
import type { Command } from "commander";
import { InputError } from "../common/errors";
import { composedRoots } from "../generator/synth/composition-root";
import { treeFolder } from "../generator/synth/tree";
import { bootstrap } from "../pipeline/bootstrap";
import { requireWrittenTree } from "../terraform";
import { composedRoot } from "./composed-root";
import { tellMissingConfiguration } from "./terraform";

export function add(program: Command): void {
  program
    .command("bootstrap")
    .description("apply an account's root for the first time, and move its state into the bucket that it makes")
    .argument("<account>", "a folder of accounts/")
    .action(bootstrapAccount);
}

async function bootstrapAccount(name: string): Promise<void> {
  const accounts = composedRoots().flatMap(({ address }) => /^accounts\/(.+)$/.exec(address)?.[1] ?? []);
  if (!accounts.includes(name)) {
    const allowed = accounts.join(", ") || "none, as main.ts has no root of an account";
    throw new InputError("unknown account", [`got "${name}"; allowed: ${allowed}`]);
  }
  const root = composedRoot(`accounts/${name}`);
  requireWrittenTree(treeFolder());
  tellMissingConfiguration();
  const account = { rootPath: root.address, id: root.props.accountId };
  if (!(await bootstrap(treeFolder(), account, { tell: console.error, ask }))) process.exitCode = 1;
}

/** One line of what is typed; Ctrl-C ends the program as long as it waits. */
async function ask(question: string): Promise<string> {
  process.stderr.write(question);
  for await (const line of createInterface({ input: process.stdin })) return line;
  return "";
}
