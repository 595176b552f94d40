/** Signals that tell us to stop: children are stopped first, and what they leave behind is removed. */
import type { ChildProcess } from "node:child_process";
import { onStopSignal } from "../common/stop-signals";

/** A signal told us to stop, and Terraform has stopped. */
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

/** While the work goes on, a signal does not end us: the work fails instead, and can clean up. @throws Interrupted */
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

/** Has the child stopped by a signal to us, as long as it runs. */
export function stopWithUs(child: ChildProcess): void {
  children.add(child);
  child.on("close", () => children.delete(child));
}

function stop(signal: NodeJS.Signals): void {
  received = signal;
  for (const child of children) child.kill("SIGINT");
}
