/** Handling of stop signals: child processes are stopped first, and their scratch files are removed. */
import type { ChildProcess } from "node:child_process";
import { onStopSignal } from "../common/stop-signals";

/** A signal stopped this process, and Terraform has stopped. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  constructor(readonly signal: NodeJS.Signals) {
    super(`stopped by ${signal}`);
  }
}

const children = new Set<ChildProcess>();
let works = 0;
let received: NodeJS.Signals | undefined;
let stopListening: (() => void) | undefined;

/** A signal does not end the process during the work: the work fails instead and can clean up. @throws Interrupted */
export async function interruptible<T>(work: () => Promise<T>): Promise<T> {
  if (works++ === 0) stopListening = onStopSignal(stop);
  try {
    const result = await work();
    throwIfInterrupted();
    return result;
  } finally {
    if (--works === 0) {
      stopListening?.();
      received = undefined;
    }
  }
}

export function throwIfInterrupted(): void {
  if (received !== undefined) throw new Interrupted(received);
}

/** Passes a stop signal on to the child while it runs. */
export function stopWithUs(child: ChildProcess): void {
  children.add(child);
  child.on("close", () => children.delete(child));
}

function stop(signal: NodeJS.Signals): void {
  received = signal;
  for (const child of children) child.kill("SIGINT");
}
