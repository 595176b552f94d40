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
  const accounts = composedRoots().filter(({ address }) => address.startsWith("accounts/"));
  const composed = accounts.find(({ address }) => address === `accounts/${name}`);
  if (composed === undefined) {
    const names = accounts.map(({ address }) => address.slice("accounts/".length));
    const allowed = names.join(", ") || "none, since main.ts has no root of an account";
    throw new InputError("unknown account", [`got "${name}"; allowed: ${allowed}`]);
  }
  const { backend } = composed.props;
  if (!isS3(backend)) {
    throw new InputError(composed.address, [
      `backend: got ${backend.type}; allowed: S3, because bootstrap moves the state into the bucket that the root creates; run Terraform itself for another backend`,
    ]);
  }
  const root = composedRoot(composed.address);
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
