/** The lock of a state: the time that a run waits for it, and the message about a lock that another run holds. */
import { stripVTControlCharacters } from "node:util";
import type { Workplace } from "./workplace";

/**
 * Lets a command wait five minutes for a lock, which is longer than most applies hold it. A `-lock-timeout` in the user's
 * `TF_CLI_ARGS_<command>` comes after ours and takes its place.
 * @see https://developer.hashicorp.com/terraform/cli/config/environment-variables#tf_cli_args-and-tf_cli_args_name
 */
export function waitingForLock(workplace: Workplace, command: "plan" | "apply"): Workplace {
  const variable = `TF_CLI_ARGS_${command}`;
  const args = ["-lock-timeout=5m", workplace.environment[variable] ?? ""].join(" ").trim();
  return { ...workplace, environment: { ...workplace.environment, [variable]: args } };
}

/** The holder of the lock, the time since then, and how to release it; undefined if the run failed for another reason. */
export function heldLock(stderr: string): string | undefined {
  const lines = stripVTControlCharacters(stderr).split("\n");
  const start = lines.findIndex((line) => line.trimEnd().endsWith("Lock Info:"));
  if (start < 0) return undefined;
  const info = new Map(lines.slice(start + 1).flatMap((line) => entries(line)));
  const id = info.get("ID");
  if (id === undefined) return undefined;
  return [
    `the state ${info.get("Path")} is locked`,
    `  got a lock of ${info.get("Who")} since ${info.get("Created")} (${info.get("Operation")}, Terraform ${info.get("Version")})`,
    `  wait until that run has ended; if it was killed, release the lock in the root's folder: terraform force-unlock ${id}`,
  ].join("\n");
}

/** `  Who:       root@host`, with a border before it on a terminal. */
function entries(line: string): [string, string][] {
  const [, name, value] = /^[│|\s]*([A-Z][A-Za-z]+):\s+(.*\S)\s*$/.exec(line) ?? [];
  return name === undefined || value === undefined ? [] : [[name, value]];
}
