/**
 * The command line. Exit codes: 0 is done, 1 is a "no" (a plan or a validation failed), 2 is a wrong
 * use or input. launch.mjs checks the types and calls `run`, with the project as working directory.
 */
import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { z } from "zod";
import { DeployTimeValueError } from "../code";
import { Interrupted, TerraformError } from "../terraform";
import { InputError } from "../validation";
import { addBench } from "./bench";
import { addExceptions } from "./exceptions";
import { addGate } from "./gate";
import { addGuardrails } from "./guardrails";
import { addParity } from "./parity";
import { addPlan } from "./plan";
import { addSynth } from "./synth";
import { addValidate } from "./validate";

/** One file a command; each adds itself to the program. */
const COMMANDS = [addSynth, addPlan, addValidate, addGuardrails, addExceptions, addGate, addParity, addBench];

export async function run(argv: readonly string[]): Promise<void> {
  const program = new Command("groundplan")
    .description("Typed infrastructure in TypeScript, synthesized to plain Terraform.")
    .version(packageVersion())
    .exitOverride();
  for (const add of COMMANDS) add(program);
  try {
    await program.parseAsync(argv);
  } catch (error) {
    report(error);
  }
}

function report(error: unknown): void {
  if (error instanceof Interrupted) process.kill(process.pid, error.signal);
  else if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else if (error instanceof TerraformError) fail(1, error.message);
  else if (error instanceof InputError || error instanceof DeployTimeValueError) fail(2, error.message);
  else fail(2, error instanceof Error ? (error.stack ?? error.message) : String(error));
}

function fail(exitCode: number, message: string): void {
  console.error(message);
  process.exitCode = exitCode;
}

function packageVersion(): string {
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync("package.json", "utf8"))).version;
}
