/** Waits for AWS: repeats a request until it has a result or the time is up. */
import { setTimeout as sleep } from "node:timers/promises";
import { onStopSignal } from "../../common/stop-signals";
import { AwsError } from "./failure";

export interface Clock {
  /** Milliseconds, as Date.now gives them. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

export const SYSTEM_CLOCK: Clock = { now: Date.now, sleep: (milliseconds) => sleep(milliseconds) };

/** Clock, timeout and output of an operation that waits. */
export interface Work {
  readonly clock: Clock;
  readonly timeoutMinutes: number;
  /** Prints a line for people. */
  report(line: string): void;
}

/** The first request is sent at once, the next ones after growing delays. */
const FIRST_DELAY_MS = 3_000;
const LAST_DELAY_MS = 30_000;

export interface Patience {
  readonly clock: Clock;
  readonly minutes: number;
  /** What AWS continues without this command: printed if a signal or an error ends the wait. */
  readonly goesOn: string;
}

/**
 * @param ask returns undefined while there is no result
 * @returns undefined if the time is up
 * @throws AwsError if AWS cannot be asked
 */
export async function wait<T>(
  { clock, minutes, goesOn }: Patience,
  ask: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const end = clock.now() + minutes * 60_000;
  const stopListening = onStopSignal((signal) => {
    console.error(goesOn);
    stopListening();
    process.kill(process.pid, signal);
  });
  try {
    for (let delay = FIRST_DELAY_MS; ; delay = Math.min(delay * 1.5, LAST_DELAY_MS)) {
      const answer = await ask();
      if (answer !== undefined) return answer;
      const left = end - clock.now();
      if (left <= 0) return undefined;
      await clock.sleep(Math.min(delay, left));
    }
  } catch (error) {
    if (error instanceof AwsError) throw new AwsError(`${error.message}\n${goesOn}`, error.code);
    throw error;
  } finally {
    stopListening();
  }
}

/** Prints a line only if it differs from the line before. */
export function onChange(report: (line: string) => void): (line: string) => void {
  let last: string | undefined;
  return (line) => {
    if (line !== last) report(line);
    last = line;
  };
}
