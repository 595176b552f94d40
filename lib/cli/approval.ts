/** `groundplan approval`: records who approved an apply. Exit code 1 if the approvals are not sufficient. */
import { type Command, Option } from "commander";
import { InputError, Refusal } from "../common/errors";
import { writeOutput } from "../common/output-file";
import { MODES, type Mode } from "../generator/root/approval-modes";
import { APPROVALS, type Approval } from "../judgement/gate/context";
import { readVerifiedCustody } from "../pipeline/delivery/verified-custody";
import { approvalOf } from "../pipeline/github/approvals";
import { withGitHub } from "../pipeline/github/client";
import { actor, runId } from "../pipeline/github/context";
import { fromCaller } from "./caller.cjs";

interface Options {
  readonly custody: string;
  readonly digest: string;
  readonly mode: Mode;
  readonly environment: string;
  readonly approved: readonly Approval[];
  readonly signOff: readonly string[];
  readonly out: string;
}

export function add(program: Command): void {
  program
    .command("approval")
    .description(
      "record who approved the apply of a plan; exit code 1 if approvals are missing, with the eligible approvers",
    )
    .requiredOption("--custody <file>", "custody.json of the plan", fromCaller)
    .requiredOption("--digest <sha256>", "SHA-256 of custody.json, as `groundplan custody put` printed it")
    .addOption(new Option("--mode <mode>", "who approves an apply").choices(MODES).makeOptionMandatory())
    .requiredOption("--environment <name>", "GitHub environment of the apply")
    .addOption(
      new Option(
        "--approved <name...>",
        "approvals of the gate that the person who started the run gives; only in mode codeowners",
      )
        .choices(APPROVALS)
        .default([]),
    )
    .addOption(
      new Option(
        "--sign-off <environment...>",
        "environments whose reviewers sign off the commit, each by another person; only in mode environment",
      ).default([]),
    )
    .requiredOption("--out <file>", "write the record to this file, as JSON", fromCaller)
    .action(approval);
}

async function approval({ out, custody: file, digest, signOff: signOffs, ...named }: Options): Promise<void> {
  const { mode, approved } = named;
  if (mode === "codeowners" && signOffs.length > 0) {
    throw new InputError("--sign-off", [
      `got ${signOffs.join(", ")}; allowed: no value with --mode codeowners, in which no environment has reviewers`,
    ]);
  }
  if (mode === "environment" && approved.length > 0) {
    throw new InputError("--approved", [
      `got ${approved.join(", ")}; allowed: no value with --mode environment, in which reviewers approve`,
    ]);
  }
  const custody = readVerifiedCustody(file, digest);
  if ("refused" in custody) throw refusal(file, custody.refused);
  const { root, commit, commits } = custody;
  const request = { ...named, signOffs, root, commit, commits, run: runId(), actor: actor(), now: new Date() };
  await withGitHub(async (github) => {
    const record = await approvalOf(github, request);
    if ("refused" in record) throw refusal(`${root} at ${commit}`, record.refused);
    writeOutput(out, `${JSON.stringify(record, null, 2)}\n`);
    console.log(`approved by ${record.approvers.map(({ login }) => login).join(", ")}`);
  });
}

function refusal(place: string, reasons: readonly string[]): Refusal {
  return new Refusal([`approval of ${place}: refused`, ...reasons].join("\n  "));
}
