/**
 * The command line. Exit codes: 0 success, 1 refusal or failure (a plan or a validation failed, AWS or GitHub refused), 2 wrong
 * usage or input. launch.mjs checks the types and calls `run` in the folder of the project.
 */
import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { z } from "zod";
import { InputError, Refusal } from "../common/errors";
import { Interrupted } from "../terraform/interrupt";

/** One file for each command, which exports `add`. Only the file of the given command is loaded, since some load slowly. */
const COMMANDS = [
  "synth",
  "plan",
  "validate",
  "vendor",
  "guardrails",
  "exceptions",
  "assessment",
  "criteria",
  "affected",
  "gate",
  "custody",
  "apply",
  "parity",
  "isolation",
  "bootstrap",
  "cluster-connection",
  "comment",
  "drift",
  "drift-issues",
  "sandboxes",
  "protection",
  "subject",
  "approval",
  "workflows",
  "deploy",
  "deploy-function",
  "blue-green",
  "deploy-kubernetes",
  "rollouts",
  "findings-connection",
  "pager",
  "scale",
  "migrate",
  "rollback",
  "performance",
];

// A run uses most schemas once: compiling code for each takes longer than reading it.
z.config({ jitless: true });

const COMMAND = z.object({ add: z.custom<(program: Command) => void>((value) => typeof value === "function") });

export async function run(argv: readonly string[]): Promise<void> {
  try {
    const program = new Command("groundplan")
      .description("Typed infrastructure in TypeScript, synthesized to plain Terraform.")
      .version(packageVersion())
      .exitOverride();
    const asked = COMMANDS.filter((name) => name === argv[2]);
    for (const name of asked.length > 0 ? asked : COMMANDS) COMMAND.parse(require(`./${name}`)).add(program);
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
  else if (isSystemError(error)) fail(2, systemProblem(error).message);
  else fail(2, error instanceof Error ? (error.stack ?? error.message) : String(error));
}

/** The operating system refused a file or folder: it is missing, of another kind, protected, or the disk is full. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error && "code" in error;
}

function systemProblem({ path: place, syscall, code, message }: NodeJS.ErrnoException): InputError {
  const [reason] = message.replace(`${code}: `, "").split(", ");
  return new InputError(place ?? String(syscall), [
    `got ${code} (${reason}) from ${syscall}; allowed: a place that exists and that this user may use`,
  ]);
}

function fail(exitCode: number, message: string): void {
  console.error(message);
  process.exitCode = exitCode;
}

function packageVersion(): string {
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync("package.json", "utf8"))).version;
}
