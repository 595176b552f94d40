/** `groundplan sandboxes`: what the states of a root's sandboxes record, and the issue about those that are left over. */
import { type Command, Option } from "commander";
import { composedRoots } from "../generator/synth/composition-root";
import { endingRootOf, recordedSandboxes } from "../pipeline/delivery/sandboxes";
import { withGitHub } from "../pipeline/github/client";
import { keepSandboxIssue } from "../pipeline/github/sandbox-issue";
import { rootName } from "../terraform";
import { composedRoot } from "./composed-root";

interface Options {
  readonly json?: true;
  readonly issue?: true;
}

export function add(program: Command): void {
  program
    .command("sandboxes")
    .description("list the sandboxes of a root, those past their last day, and those whose state records no valid end")
    .argument("<root>", "root with a state for each sandbox: <system>/<environment>")
    .addOption(new Option("--json", "print the list as JSON").conflicts("issue"))
    .option("--issue", "open, update or close the GitHub issue about sandboxes that should be gone")
    .action(sandboxes);
}

async function sandboxes(name: string, { json, issue }: Options): Promise<void> {
  const root = composedRoot(name);
  const today = new Date().toISOString().slice(0, 10);
  const recorded = await recordedSandboxes(root, endingRootOf(root, composedRoots()), today);
  if (json) {
    console.log(JSON.stringify({ format: 1, ...recorded }));
    return;
  }
  const { live, expired, ended, problems } = recorded;
  const left = [...expired.map((one) => ({ name: one, problem: LEFT })), ...problems];
  if (issue) {
    await withGitHub(async (github) => {
      console.log(`${rootName(root.address)}: ${await keepSandboxIssue(github, rootName(root.address), left)}`);
    });
    return;
  }
  for (const one of live) console.log(`${one.name}: until ${one.last_day}, slot ${one.slot}, of ${one.owner}`);
  for (const one of left) console.log(`${one.name}: ${one.problem}`);
  for (const one of ended) console.log(`${one}: ended; its name is used`);
}

const LEFT = "its last day has passed, and it still has resources";
