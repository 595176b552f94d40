/** `groundplan approval`: who approved an apply, as evidence. Exit code 1 where nobody did who may. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { APPROVALS, type Approval } from "../gate/context";
import { approvalOf } from "../github/approvals";
import { withGitHub } from "../github/client";
import { actor, runId } from "../github/context";
import { MODES, type Mode } from "../github/gap";
import { writeOutput } from "../output-file";
import { InputError } from "../validation";
import { fromCaller } from "./caller.cjs";

interface Options {
  readonly commit: string;
  readonly mode: Mode;
  readonly environment: string;
  readonly approved: readonly Approval[];
  readonly out: string;
}

export function add(program: Command): void {
  program
    .command("approval")
    .description("record who approved the apply of a commit; exit code 1 where nobody did who may")
    .requiredOption("--commit <sha>", "the commit that is applied, in full", sha)
    .addOption(new Option("--mode <mode>", "who approves an apply").choices(MODES).makeOptionMandatory())
    .requiredOption("--environment <name>", "the GitHub environment that it is applied in")
    .addOption(
      new Option("--approved <name...>", "what the gate misses and who started the run approves; mode codeowners only")
        .choices(APPROVALS)
        .default([]),
    )
    .requiredOption("--out <file>", "where the record goes, as JSON", fromCaller)
    .action(approval);
}

async function approval({ out, ...named }: Options): Promise<void> {
  const { commit, mode, approved } = named;
  if (mode === "environment" && approved.length > 0) {
    throw new InputError("approval", [
      `approved: got ${approved.join(", ")}; allowed: none in mode environment, where reviewers approve`,
    ]);
  }
  const request = { ...named, run: runId(), actor: actor(), now: new Date() };
  await withGitHub(async (github) => {
    const record = await approvalOf(github, request);
    if (typeof record === "string") {
      console.error(`approval of ${commit}: ${record}`);
      process.exitCode = 1;
      return;
    }
    writeOutput(out, `${JSON.stringify(record, null, 2)}\n`);
    console.log(`approved by ${record.approvers.map(({ login }) => login).join(", ")}`);
  });
}

function sha(text: string): string {
  if (!/^[0-9a-f]{40}$/.test(text)) throw new InvalidArgumentError("Allowed: a commit's 40 hexadecimal digits.");
  return text;
}
