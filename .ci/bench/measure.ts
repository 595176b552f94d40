/** Runs a program and measures its time and memory, with those of its child processes. */
import { spawn } from "node:child_process";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { stopWithUs, throwIfInterrupted } from "../../lib/terraform/interrupt";
import { type Peak, watchMemory } from "./memory";

export interface Program {
  readonly args: readonly string[];
  readonly folder: string;
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Run {
  readonly wallSeconds: number;
  /** User and system time of all processes. */
  readonly cpuSeconds: number;
  /** Memory of the largest process. */
  readonly peak: Peak;
  readonly stdout: string;
}

/** The shell sums the processor time of its children, which Node.js does not report. */
const RUN_AND_TELL_TIMES = '"$@"; status=$?; times >&3; exit $status';

/** One run of Node.js. @throws Error with the output of the program if it fails */
export async function measure({ args, folder, environment }: Program): Promise<Run> {
  throwIfInterrupted();
  const start = performance.now();
  const child = spawn("/bin/sh", ["-c", RUN_AND_TELL_TIMES, "sh", process.execPath, ...args], {
    cwd: folder,
    env: { ...process.env, LC_ALL: "C", ...environment },
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  stopWithUs(child);
  const ended = new Promise<number | null>((resolve, reject) => child.once("error", reject).once("exit", resolve));
  const peak = watchMemory(child.pid ?? 0);
  const outputs = child.stdio.slice(1).map((stream) => (stream instanceof Readable ? text(stream) : ""));
  const exitCode = await ended.finally(peak);
  const wallSeconds = (performance.now() - start) / 1000;
  const [stdout = "", stderr = "", times = ""] = await Promise.all(outputs);
  throwIfInterrupted();
  if (exitCode !== 0) throw new Error(`node ${args.join(" ")} failed (exit code ${exitCode})\n${stderr || stdout}`);
  return { wallSeconds, cpuSeconds: childSeconds(times), peak: peak(), stdout };
}

/**
 * The second line of the shell's `times`: user and system time of its children, `0m2.345s 0m0.678s`.
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#times
 */
export function childSeconds(times: string): number {
  const spans = [...times.matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, seconds]) => Number(minutes) * 60 + Number(seconds),
  );
  const [, , user, system] = spans;
  if (user === undefined || system === undefined)
    throw new Error(`times: got ${JSON.stringify(times)}; allowed: two lines`);
  return user + system;
}
