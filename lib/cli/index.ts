/**
 * The command line. Exit codes: 0 is done, 1 is a "no" (a plan or a validation failed, AWS or GitHub refused), 2 is a wrong
 * use or input. launch.mjs checks the types and calls `run`, with the project as working directory.
 */
import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { z } from "zod";
import { InputError, Refusal } from "../common/errors";
import { Interrupted } from "../terraform/interrupt";

/** One file a command, which exports `add`. Only the one that is asked for is loaded, as some take long to. */
const COMMANDS = [
  "synth",
  "plan",
  "validate",
  "guardrails",
  "exceptions",
  "affected",
  "gate",
  "custody",
  "apply",
  "parity",
  "bootstrap",
  "comment",
  "drift",
  "drift-issues",
  "protection",
  "subject",
  "approval",
  "workflows",
  "deploy",
  "migrate",
  "rollback",
];

// A run uses most schemas once: compiling code for each takes longer than reading it.
z.config({ jitless: true });

const COMMAND = z.object({ add: z.custom<(program: Command) => void>((value) => typeof value === "function") });

export async function run(argv: readonly string[]): Promise<void> {
  const program = new Command("groundplan")
    .description("Typed infrastructure in TypeScript, synthesized to plain Terraform.")
    .version(packageVersion())
    .exitOverride();
  const asked = COMMANDS.filter((name) => name === argv[2]);
  for (const name of asked.length > 0 ? asked : COMMANDS) COMMAND.parse(require(`./${name}`)).add(program);
  try {
    await program.parseAsync(argv);
  } catch (error) {
    report(error);
  }
}

function report(error: unknown): void {
  if (error instanceof Interrupted) process.kill(process.pid, error.signal);
  else if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else if (error instanceof Refusal) fail(1, error.message);
  else if (error instanceof InputError) fail(2, error.message);
  else fail(2, error instanceof Error ? (error.stack ?? error.message) : String(error));
}

function fail(exitCode: number, message: string): void {
  console.error(message);
  process.exitCode = exitCode;
}

function packageVersion(): string {
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync("package.json", "utf8"))).version;
}
