/** `groundplan exceptions`: lists the exceptions from guardrails. */
import type { Command } from "commander";
import { table } from "../common/table";
import { composedRoots } from "../generator/synth/composition-root";
import { daysBetween } from "../judgement/guardrails/life";
import { rootName } from "../terraform";

export function add(program: Command): void {
  program
    .command("exceptions")
    .description("list the exceptions from guardrails, with the days until they expire")
    .option("--json", "print only the exceptions, as JSON")
    .action(list);
}

function list({ json }: { readonly json?: true }): void {
  const today = new Date().toISOString().slice(0, 10);
  const exceptions = composedRoots()
    .flatMap(({ address: root, props }) => (props.exceptions ?? []).map((exception) => ({ root, ...exception })))
    .map((exception) => ({ ...exception, daysLeft: daysBetween(today, exception.expires) }))
    .sort((a, b) => a.daysLeft - b.daysLeft);
  if (json) console.log(JSON.stringify(exceptions, null, 2));
  else if (exceptions.length === 0) console.log("no exceptions");
  else {
    const rows = exceptions.map(({ daysLeft, guardrail, root, address, owner, approver, ticket, reason }) => [
      daysLeft < 0 ? "expired" : String(daysLeft),
      guardrail,
      rootName(root),
      address,
      owner,
      approver,
      ticket,
      reason,
    ]);
    console.log(table(["days left", "guardrail", "root", "address", "owner", "approver", "ticket", "reason"], rows));
  }
}
