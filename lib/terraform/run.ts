/** Runs Terraform as a child process. */
import { spawn } from "node:child_process";
import { Refusal } from "../common/errors";
import type { ProcessEnvironment } from "../common/process-environment";
import { findTerraform } from "./executable";
import { interruptible, stopWithUs, throwIfInterrupted } from "./interrupt";
import { missingParameters } from "./missing-parameters";
import { heldLock } from "./state-lock";

export interface TerraformRun {
  readonly exitCode: number;
  /** Empty if the output was shown instead. */
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Place in messages: `shop/dev`. */
  readonly name: string;
  readonly folder: string;
  readonly environment: ProcessEnvironment;
  /** `shown` prints Terraform's output as it comes and captures stderr, too; default: `captured`. */
  readonly output?: "captured" | "shown";
}

/** A run of Terraform failed; the message has its output. */
export class TerraformError extends Refusal {
  override readonly name: string = "TerraformError";
}

/** Returns the result of a failed run, too. @throws Interrupted if a signal stopped us. */
export function runTerraform(args: readonly string[], options: RunOptions): Promise<TerraformRun> {
  return interruptible(async () => {
    throwIfInterrupted();
    return spawnTerraform(args, options);
  });
}

/** @returns stdout @throws TerraformError if it fails. */
export async function terraform(args: readonly string[], options: RunOptions): Promise<string> {
  const run = await runTerraform(args, options);
  if (run.exitCode !== 0) throw failure(args, options, run);
  return run.stdout;
}

/** Error of a failed run: with the holder of the state's lock or Terraform's output unless it was shown, and missing parameters. */
export function failure(args: readonly string[], options: RunOptions, run: TerraformRun): TerraformError {
  const said = options.output === "shown" ? "" : run.stderr || run.stdout;
  const lines = [
    `${options.name}: terraform ${args[0]} failed (exit code ${run.exitCode})`,
    (heldLock(run.stderr) ?? said).trimEnd(),
    missingParameters(run.stderr) ?? "",
  ];
  return new TerraformError(lines.filter((line) => line !== "").join("\n"));
}

/** Arguments of a run whose output is shown: colors are for terminals, and none for logs. */
export function colors(): string[] {
  return process.stdout.isTTY ? [] : ["-no-color"];
}

function spawnTerraform(args: readonly string[], options: RunOptions): Promise<TerraformRun> {
  const { folder, environment, output = "captured" } = options;
  const pipe = output === "shown" ? "inherit" : "pipe";
  return new Promise((resolve, reject) => {
    // In a process group of its own, so that Ctrl-C reaches Terraform once and from us: at the second
    // signal it would exit at once and leave the state locked.
    const child = spawn(findTerraform().file, args, {
      cwd: folder,
      env: environment,
      stdio: ["ignore", pipe, "pipe"],
      detached: true,
    });
    stopWithUs(child);
    if (output === "shown") child.stderr?.pipe(process.stderr, { end: false });
    const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
    child.on("error", reject);
    child.on("close", (code, signal) =>
      resolve({ exitCode: code ?? 1, stdout: stdout(), stderr: stderr() || (signal ?? "") }),
    );
  });
}

function collect(stream: NodeJS.ReadableStream | null): () => string {
  const chunks: Buffer[] = [];
  stream?.on("data", (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString("utf8");
}
