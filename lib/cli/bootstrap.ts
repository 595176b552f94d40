/** `groundplan bootstrap`: applies the root of an account for the first time. The root creates its own state backend. */
import { createInterface } from "node:readline";
import type { Command } from "commander";
import { InputError } from "../common/errors";
import { isS3 } from "../generator/root/backend";
import { composedRoots } from "../generator/synth/composition-root";
import { treeFolder } from "../generator/synth/tree";
import { bootstrap } from "../pipeline/bootstrap";
import { requireWrittenTree } from "../terraform";
import { composedRoot } from "./composed-root";
import { reportMissingConfiguration } from "./terraform";

export function add(program: Command): void {
  program
    .command("bootstrap")
    .description("apply the root of an account for the first time, and move its state into the bucket that it creates")
    .argument("<account>", "account: a folder of accounts/")
    .action(bootstrapAccount);
}

async function bootstrapAccount(name: string): Promise<void> {
  const accounts = composedRoots().flatMap(({ address }) => /^accounts\/(.+)$/.exec(address)?.[1] ?? []);
  if (!accounts.includes(name)) {
    const allowed = accounts.join(", ") || "none, since main.ts has no root of an account";
    throw new InputError("unknown account", [`got "${name}"; allowed: ${allowed}`]);
  }
  const root = composedRoot(`accounts/${name}`);
  if (!isS3(root.props.backend)) {
    throw new InputError(root.address, [
      `backend: got ${root.props.backend.type}; allowed: s3, because bootstrap moves the state into the bucket that the root creates; apply a root with another backend with Terraform`,
    ]);
  }
  requireWrittenTree(treeFolder());
  reportMissingConfiguration();
  const account = { rootPath: root.address, id: root.props.accountId };
  if (!(await bootstrap(treeFolder(), account, { report: console.error, ask }))) process.exitCode = 1;
}

/** Reads one line from standard input. Ctrl-C ends the program while it waits. */
async function ask(question: string): Promise<string> {
  process.stderr.write(question);
  for await (const line of createInterface({ input: process.stdin })) return line;
  return "";
}
