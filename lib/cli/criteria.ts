/** `groundplan criteria`: compares outputs of the AWS CLI with the criteria of a migration. */
import { type Command, Option } from "commander";
import { InputError, Refusal } from "../common/errors";
import { table } from "../common/table";
import { compare, PHASES, type Phase } from "../pipeline/service/migration/criteria";
import { Outputs } from "../pipeline/service/migration/outputs";
import { fromCaller } from "./caller.cjs";
import { composedRoot } from "./composed-root";

interface Options {
  readonly phase: Phase;
  readonly json?: true;
}

export function add(program: Command): void {
  program
    .command("criteria")
    .description("compare outputs of the AWS CLI with the criteria of a migration; exit code 1 if one is not met")
    .argument("<root>", "root of the migration")
    .argument("<folder>", "folder of the outputs: task.json, tables.json and others, as the root's runbook writes them")
    .addOption(new Option("--phase <phase>", "what is decided").choices(PHASES).makeOptionMandatory())
    .option("--json", "print only the comparison, as JSON, for the record of the migration")
    .action(decide);
}

function decide(name: string, folder: string, { phase, json }: Options): void {
  const { address, props } = composedRoot(name);
  if (props.migration === undefined) {
    throw new InputError(address, ["migration: got nothing; allowed: the root of a migration, with its criteria"]);
  }
  const now = new Date();
  const outputs = new Outputs(fromCaller(folder), props.accountId);
  const comparisons = compare(phase, props.migration, outputs, now.getTime());
  const unmet = comparisons.filter(({ met }) => !met);
  if (json) {
    const report = { root: address, phase, time: now.toISOString(), passed: unmet.length === 0, comparisons };
    console.log(JSON.stringify(report, null, 2));
  } else {
    const rows = comparisons.map(({ criterion, allowed, got, met }) => [met ? "yes" : "NO", criterion, got, allowed]);
    console.log(table(["met", "criterion", "got", "allowed"], rows));
  }
  if (unmet.length > 0) {
    throw new Refusal(
      `${address}: ${unmet.length} of ${comparisons.length} criteria are not met: ${CONSEQUENCE[phase]}`,
    );
  }
}

const CONSEQUENCE: Readonly<Record<Phase, string>> = {
  rehearsal: "the rehearsal has not passed",
  "before-switch": "do not switch",
  "after-switch": "roll back",
};
